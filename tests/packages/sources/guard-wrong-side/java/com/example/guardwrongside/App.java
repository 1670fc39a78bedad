package com.example.guardwrongside;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        boolean agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false);
        if (!agreed) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        } else {
            Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
    }
}
