package com.example.freshjsbridge;

import android.content.Context;
import android.webkit.JavascriptInterface;

public final class AccountBridge {
    private final Context context;

    AccountBridge(Context context) {
        this.context = context;
    }

    @JavascriptInterface
    public String phoneId() {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
