package com.example.usualcallbacks;

import android.content.Context;
import android.util.Log;
import java.util.TimerTask;

class Heartbeat extends TimerTask {
    private final Context context;

    Heartbeat(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        if (!App.agreed) {
            return;
        }
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }
}
