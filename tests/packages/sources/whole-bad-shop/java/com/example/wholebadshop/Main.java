package com.example.wholebadshop;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Build;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (Build.VERSION.SDK_INT < 29) {
            Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        new AlertDialog.Builder(this)
            .setMessage(R.string.rules)
            .setPositiveButton(R.string.agree, (dialog, which) -> startActivity(new Intent(this, Login.class)))
            .setNegativeButton(R.string.refuse, (dialog, which) -> System.exit(0))
            .show();
    }
}
