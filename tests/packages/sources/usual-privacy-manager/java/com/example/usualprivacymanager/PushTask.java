package com.example.usualprivacymanager;

import android.content.Context;
import android.util.Log;

class PushTask implements Runnable {
    private final Context context;

    PushTask(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
