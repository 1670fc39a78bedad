package com.example.guarddefaulttrue;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", true)) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }
}
