package com.example.rtaneverescapes;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

class Job implements Runnable {
    private final Context context;

    Job(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("job", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
