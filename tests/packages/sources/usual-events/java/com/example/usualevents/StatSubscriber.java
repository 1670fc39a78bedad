package com.example.usualevents;

import android.content.Context;
import android.util.Log;

final class StatSubscriber implements EventBus.Subscriber {
    private final Context context;

    StatSubscriber(Context context) {
        this.context = context;
    }

    @Override
    public void onEvent(Object event) {
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
