package com.example.screensvariants;

import android.app.Activity;
import android.app.AlertDialog;

public class Leave extends Activity {
    @Override
    public void onBackPressed() {
        new AlertDialog.Builder(this).setMessage("确定要离开吗？")
            .setPositiveButton("退出", (dialog, which) -> finish())
            .setNegativeButton("取消", null).show();
    }
}
