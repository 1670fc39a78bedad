package com.example.usualsingletons;

import android.util.Log;

enum EnumOne {
    INSTANCE;

    EnumOne() {
        Log.i("read", ((android.net.wifi.WifiManager) App.context.getSystemService("wifi")).getConnectionInfo().getSSID());
    }

    void touch() { }
}
