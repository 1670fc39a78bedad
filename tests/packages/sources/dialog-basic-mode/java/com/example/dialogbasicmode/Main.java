package com.example.dialogbasicmode;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("请同意《隐私政策》")
            .setPositiveButton("同意", null)
            .setNegativeButton("不同意，仅浏览", (dialog, which) -> {
                startActivity(new Intent(this, Basic.class));
                finish();
            }).show();
    }
}
