package com.example.rtaneverinstantiated;

import android.content.Context;
import android.telephony.TelephonyManager;

class Device implements Store {
    @Override
    public String load(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
