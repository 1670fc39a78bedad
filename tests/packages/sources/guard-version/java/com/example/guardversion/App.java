package com.example.guardversion;

import android.app.Application;
import android.content.SharedPreferences;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.text.TextUtils;
import android.util.Log;

public class App extends Application {
    private static final int RULES = 3;

    @Override
    public void onCreate() {
        super.onCreate();
        SharedPreferences kept = getSharedPreferences("app", MODE_PRIVATE);
        if (kept.getInt("privacy_version", 0) >= RULES) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        if ("2.1".equals(kept.getString("agreed_protocol", ""))) {
            Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
        if (TextUtils.isEmpty(kept.getString("privacy_agree_time", null))) {
            return;
        }
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }
}
