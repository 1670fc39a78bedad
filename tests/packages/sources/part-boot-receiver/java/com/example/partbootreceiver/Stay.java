package com.example.partbootreceiver;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.provider.Settings;
import android.util.Log;

public class Stay extends Service {
    @Override
    public void onCreate() {
        Log.i("stay", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
