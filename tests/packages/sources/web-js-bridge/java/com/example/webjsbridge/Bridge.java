package com.example.webjsbridge;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.webkit.JavascriptInterface;

class Bridge {
    private final Context context;

    Bridge(Context context) {
        this.context = context;
    }

    @JavascriptInterface
    public String device() {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
