package com.example.asyncrx;

import android.content.Context;
import android.telephony.TelephonyManager;

class ReadLine implements Stream.Step<Context, String> {
    @Override
    public String apply(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getLine1Number();
    }
}
