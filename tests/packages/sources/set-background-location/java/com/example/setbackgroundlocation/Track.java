package com.example.setbackgroundlocation;

import android.app.Service;
import android.content.Intent;
import android.location.LocationManager;
import android.os.IBinder;
import android.util.Log;

public class Track extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Log.i("track", String.valueOf(((LocationManager) this.getSystemService("location")).getLastKnownLocation("gps")));
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
