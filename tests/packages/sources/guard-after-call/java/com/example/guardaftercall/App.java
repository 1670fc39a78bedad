package com.example.guardaftercall;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        String id = ((TelephonyManager) this.getSystemService("phone")).getDeviceId();
        if (getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)) {
            Log.i("app", id);
        }
    }
}
