package com.example.usualworkers;

import android.util.Log;

public class SyncWorker extends Worker {
    @Override
    public boolean doWork() {
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId());
        return true;
    }
}
