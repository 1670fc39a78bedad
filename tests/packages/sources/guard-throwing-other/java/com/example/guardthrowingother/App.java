package com.example.guardthrowingother;

import android.app.Application;
import android.content.Context;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        warm(this);
        first(this);
    }

    private static void warm(Context context) {
        Checks.ready(context);
        Log.i("warm", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }

    private static void first(Context context) {
        Checks.notAgreed(context);
        Log.i("first", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
