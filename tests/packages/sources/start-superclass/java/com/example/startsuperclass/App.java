package com.example.startsuperclass;

import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends BaseApp {
    @Override
    public void onCreate() {
        super.onCreate();
        super.setUp();
    }

    @Override
    void setUp() {
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
