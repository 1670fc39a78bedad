package com.example.guardoneway;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)) {
            collect();
            both();
        }
        legacy();
    }

    private void legacy() {
        collect();
    }

    private void collect() {
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }

    private void both() {
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
