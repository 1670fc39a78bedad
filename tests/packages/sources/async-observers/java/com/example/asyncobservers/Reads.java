package com.example.asyncobservers;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

class Reads implements Value.Observer<String> {
    private final Context context;

    Reads(Context context) {
        this.context = context;
    }

    @Override
    public void changed(String value) {
        Log.i("reads", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
