package com.example.freshjsbridge;

import android.content.Context;
import android.webkit.JavascriptInterface;

public final class PageBridge {
    private final Context context;

    PageBridge(Context context) {
        this.context = context;
    }

    @JavascriptInterface
    public String deviceId() {
        return android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id");
    }
}
