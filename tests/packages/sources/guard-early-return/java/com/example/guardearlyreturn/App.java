package com.example.guardearlyreturn;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        if (!getSharedPreferences("app", MODE_PRIVATE).getBoolean("user_agreement", false)) {
            return;
        }
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
