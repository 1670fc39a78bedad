package com.example.startsuperclass;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

abstract class CoreApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("core", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        setUp();
    }

    abstract void setUp();

    void extras() {
        Log.i("core", ((TelephonyManager) this.getSystemService("phone")).getSimSerialNumber());
    }
}
