package com.example.dialogrefusevariants;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("请同意《隐私政策》")
            .setNegativeButton("拒绝", (dialog, which) -> finishAffinity()).show();
    }
}
