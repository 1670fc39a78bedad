package com.example.guardincaller;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)) {
            one();
            new Thread(new Later(this)).start();
        }
    }

    private void one() {
        two();
    }

    private void two() {
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
