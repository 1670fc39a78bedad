package com.example.asynclazy;

import android.content.Context;
import android.telephony.TelephonyManager;

class ReadsDevice implements Lazy.Maker<String> {
    private final Context context;

    ReadsDevice(Context context) {
        this.context = context;
    }

    @Override
    public String invoke() {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
