package com.example.bundle;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
