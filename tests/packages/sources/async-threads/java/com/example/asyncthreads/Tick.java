package com.example.asyncthreads;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.util.Log;

class Tick implements Runnable {
    private final Context context;

    Tick(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("tick", ((WifiManager) context.getSystemService("wifi")).getConnectionInfo().getSSID());
    }
}
