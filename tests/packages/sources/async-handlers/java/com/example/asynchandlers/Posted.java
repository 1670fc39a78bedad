package com.example.asynchandlers;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

class Posted implements Runnable {
    private final Context context;

    Posted(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("posted", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
