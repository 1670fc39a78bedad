package com.example.asyncthreads;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.util.Log;
import java.util.TimerTask;

class Alarm extends TimerTask {
    private final Context context;

    Alarm(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("alarm", ((WifiManager) context.getSystemService("wifi")).getConnectionInfo().getMacAddress());
    }
}
