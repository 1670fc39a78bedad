package com.example.guardthrowinghelper;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        try {
            Consent.require(this);
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        } catch (IllegalStateException error) {
            Log.i("app", "later");
        }
    }
}
