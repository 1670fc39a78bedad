package com.example.guardprefs;

import android.app.Application;
import android.content.SharedPreferences;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        SharedPreferences kept = getSharedPreferences("app", MODE_PRIVATE);
        if (kept.getBoolean("privacy_agreed", false)) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
            more();
        }
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }

    private void more() {
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }
}
