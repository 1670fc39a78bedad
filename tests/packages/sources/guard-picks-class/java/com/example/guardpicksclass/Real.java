package com.example.guardpicksclass;

import android.content.Context;
import android.telephony.TelephonyManager;

class Real implements Source {
    @Override
    public String id(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
