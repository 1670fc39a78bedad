package com.example.screensvariants;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.DialogInterface;
import android.os.Bundle;
import android.os.Handler;

public class Later extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        AlertDialog asked = new AlertDialog.Builder(this).setMessage(R.string.notice).create();
        asked.setButton(DialogInterface.BUTTON_NEGATIVE, "拒绝并退出", (dialog, which) -> gone());
        asked.show();
    }

    private void gone() {
        new Handler().postDelayed(() -> System.exit(0), 300);
    }
}
