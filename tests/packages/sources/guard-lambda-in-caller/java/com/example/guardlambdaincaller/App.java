package com.example.guardlambdaincaller;

import android.app.Application;
import android.os.Handler;
import android.os.Looper;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Handler handler = new Handler(Looper.getMainLooper());
        if (getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)) {
            handler.post(() -> one());
        }
        handler.post(() -> two());
    }

    private void one() {
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }

    private void two() {
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
