package com.example.usualstreams;

import android.content.Context;

class ToImei implements Stream.Mapper<Context, String> {
    @Override
    public String apply(Context context) {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
