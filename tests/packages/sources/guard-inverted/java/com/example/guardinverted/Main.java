package com.example.guardinverted;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.SharedPreferences;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        SharedPreferences kept = getSharedPreferences("app", MODE_PRIVATE);
        if (kept.getBoolean("isFirstRun", true)) {
            new AlertDialog.Builder(this).setMessage("请阅读并同意《隐私政策》")
                .setPositiveButton("同意", (dialog, which) -> {
                    kept.edit().putBoolean("isFirstRun", false).apply();
                    start();
                })
                .setNegativeButton("不同意", (dialog, which) -> finish()).show();
        } else {
            Log.i("main", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
    }

    private void start() {
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
