package com.example.usualbaseapplication;

import android.content.Context;
import android.content.ContextWrapper;
import android.util.Log;

class LocaleWrapper extends ContextWrapper {
    private LocaleWrapper(Context base) {
        super(base);
    }

    static ContextWrapper wrap(Context base) {
        Log.i("read", ((android.net.wifi.WifiManager) base.getSystemService("wifi")).getConnectionInfo().getSSID());
        return new LocaleWrapper(base);
    }

    @Override
    public Object getSystemService(String name) {
        return super.getSystemService(name);
    }
}
