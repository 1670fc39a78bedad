package com.example.dialogrefusevariants;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.os.Process;

public class Kills extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("请同意《隐私政策》")
            .setNegativeButton("退出应用", (dialog, which) -> leave()).show();
    }

    private void leave() {
        Process.killProcess(Process.myPid());
    }
}
