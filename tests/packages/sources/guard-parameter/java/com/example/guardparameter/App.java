package com.example.guardparameter;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        begin(getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false));
        Kit.init(this, false);
    }

    private void begin(boolean allowed) {
        if (allowed) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }
}
