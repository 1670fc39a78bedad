package com.example.guardfieldsetearly;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Consent.accepted = true;
        if (Consent.agreed) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        if (Consent.accepted) {
            Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
    }
}
