package com.example.asynchandlers;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.os.MessageQueue;

class Idle implements MessageQueue.IdleHandler {
    private final Context context;

    Idle(Context context) {
        this.context = context;
    }

    @Override
    public boolean queueIdle() {
        return ((WifiManager) context.getSystemService("wifi")).getConnectionInfo().getSSID() == null;
    }
}
