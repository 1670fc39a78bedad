package com.example.guardhelper;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (Privacy.isAgreed(this)) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        if (!Privacy.mayStart(this)) {
            return;
        }
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
