package com.example.startservice;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.provider.Settings;
import android.util.Log;

public class Bound extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        Log.i("bound", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        return null;
    }
}
