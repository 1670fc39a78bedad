package com.example.freshbus;

import android.content.Context;
import android.util.Log;

final class AgreeHandler implements Bus.Handler<Agreed> {
    private final Context context;

    AgreeHandler(Context context) {
        this.context = context;
    }

    @Override
    public void on(Agreed event) {
        Log.i("event", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
