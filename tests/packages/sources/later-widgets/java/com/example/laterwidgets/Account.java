package com.example.laterwidgets;

import android.content.Context;
import android.util.Log;

final class Account implements Panel.Listener {
    private final Context context;

    Account(Context context) {
        this.context = context;
    }

    @Override
    public void onReady(String name) {
        Log.i(name, ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
