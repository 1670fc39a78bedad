package com.example.laterresults;

import android.content.Context;

final class WholeWork implements Work<String> {
    private final Context context;

    WholeWork(Context context) {
        this.context = context;
    }

    @Override
    public String take() {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
