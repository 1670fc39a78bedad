package com.example.guardfirstrunonly;

import android.app.Application;
import android.content.SharedPreferences;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        SharedPreferences kept = getSharedPreferences("app", MODE_PRIVATE);
        if (kept.getBoolean("isFirstRun", true)) {
            kept.edit().putBoolean("isFirstRun", false).apply();
            return;
        }
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
