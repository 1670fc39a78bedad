package com.example.asyncthreads;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

class Worker extends Thread {
    private final Context context;

    Worker(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("worker", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
