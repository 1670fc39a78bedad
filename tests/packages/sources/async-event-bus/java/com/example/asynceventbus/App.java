package com.example.asynceventbus;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application implements Bus.Subscriber {
    @Override
    public void onCreate() {
        super.onCreate();
        Bus.register("start", this);
        Bus.post("start");
    }

    @Override
    public void on(String event) {
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
