package com.example.asynclambdadesugared;

import android.app.Application;
import android.os.Build;
import android.os.Handler;
import android.os.Looper;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        new Thread(() -> Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId())).start();
        new Handler(Looper.getMainLooper()).post(this::readsIt);
        Runnable dropped = App::dropped;
        Log.i("app", String.valueOf(dropped == null));
    }

    private void readsIt() {
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }

    private static void dropped() {
        Log.i("app", Build.SERIAL);
    }
}
