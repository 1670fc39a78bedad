package com.example.todo;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;

/** The first start: what the app is, two equal answers, and both lead on. */
public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("请阅读《隐私政策》")
            .setPositiveButton("同意", (dialog, which) -> lists())
            .setNegativeButton("不同意，仅使用基本功能", (dialog, which) -> lists())
            .show();
    }

    private void lists() {
        startActivity(new Intent(this, Lists.class));
        finish();
    }
}
