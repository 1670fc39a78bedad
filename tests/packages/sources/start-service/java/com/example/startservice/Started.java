package com.example.startservice;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Started extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Log.i("started", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
