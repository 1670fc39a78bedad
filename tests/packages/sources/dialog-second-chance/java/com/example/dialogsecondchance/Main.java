package com.example.dialogsecondchance;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("请同意《隐私政策》")
            .setPositiveButton("同意", null)
            .setNegativeButton("不同意", (dialog, which) -> again()).show();
    }

    private void again() {
        new AlertDialog.Builder(this).setMessage("不同意将无法使用，可再次阅读《隐私政策》")
            .setPositiveButton("再想想", null)
            .setNegativeButton("仍不同意", (dialog, which) -> finish()).show();
    }
}
