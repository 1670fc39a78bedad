package com.example.asynchandlers;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.util.Log;

class OfView implements Runnable {
    private final Context context;

    OfView(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("view", ((WifiManager) context.getSystemService("wifi")).getConnectionInfo().getBSSID());
    }
}
