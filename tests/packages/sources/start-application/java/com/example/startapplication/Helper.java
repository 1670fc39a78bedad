package com.example.startapplication;

import android.content.Context;
import android.telephony.TelephonyManager;

final class Helper {
    static String operator(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getSubscriberId();
    }

    static String unused(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getSimSerialNumber();
    }
}
