package com.example.guardloadedobject;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Config config = new Config(this);
        if (config.privacyAgreed) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        if (config.ready()) {
            Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
    }
}
