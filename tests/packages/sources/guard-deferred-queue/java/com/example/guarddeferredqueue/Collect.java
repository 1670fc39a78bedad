package com.example.guarddeferredqueue;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

class Collect implements Runnable {
    private final Context context;

    Collect(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("collect", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
