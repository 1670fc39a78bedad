package com.example.dialogrefusevariants;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Exits extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("请同意《隐私政策》")
            .setNegativeButton("暂不使用", (dialog, which) -> System.exit(0)).show();
    }
}
