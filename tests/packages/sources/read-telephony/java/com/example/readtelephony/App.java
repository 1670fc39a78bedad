package com.example.readtelephony;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId() + ((TelephonyManager) this.getSystemService("phone")).getImei() + ((TelephonyManager) this.getSystemService("phone")).getSubscriberId() + ((TelephonyManager) this.getSystemService("phone")).getSimSerialNumber() + ((TelephonyManager) this.getSystemService("phone")).getLine1Number());
        TelephonyManager manager = (TelephonyManager) getSystemService("phone");
        Log.i("app", manager.getNetworkOperatorName());
    }
}
