package com.example.guardnested;

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
        boolean agreed = kept.getBoolean("privacy_agreed", false);
        boolean debug = kept.getBoolean("debug", false);
        if (agreed) {
            if (debug) {
                Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
            }
        }
        if (debug) {
            if (agreed) {
                Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
            }
        }
        if (agreed && debug) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
        }
        if (agreed || debug) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSimSerialNumber());
        }
        if (!agreed && !debug) {
            return;
        }
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getLine1Number());
    }
}
