package com.example.boxxapk;

import android.app.Application;
import android.provider.Settings;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
