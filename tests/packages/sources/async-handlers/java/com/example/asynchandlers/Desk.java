package com.example.asynchandlers;

import android.content.Context;
import android.os.HandlerThread;
import android.telephony.TelephonyManager;
import android.util.Log;

class Desk extends HandlerThread {
    private final Context context;

    Desk(Context context) {
        super("desk");
        this.context = context;
    }

    @Override
    protected void onLooperPrepared() {
        Log.i("desk", ((TelephonyManager) context.getSystemService("phone")).getSimSerialNumber());
    }
}
