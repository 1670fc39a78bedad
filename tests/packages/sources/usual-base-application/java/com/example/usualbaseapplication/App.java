package com.example.usualbaseapplication;

import android.util.Log;

public class App extends BaseApp {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("read", this.getPackageManager().getInstalledPackages(0).toString());
    }

    @Override
    protected void onInit() {
        Log.i("read", android.provider.Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }

    @Override
    protected void onInitAfterAgreed() {
        Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
