package com.example.startservice;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Idle extends Service {
    @Override
    public void onCreate() {
        Log.i("idle", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
