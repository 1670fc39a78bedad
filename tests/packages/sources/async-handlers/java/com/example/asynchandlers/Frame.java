package com.example.asynchandlers;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.util.Log;
import android.view.Choreographer;

class Frame implements Choreographer.FrameCallback {
    private final Context context;

    Frame(Context context) {
        this.context = context;
    }

    @Override
    public void doFrame(long nanoseconds) {
        Log.i("frame", ((WifiManager) context.getSystemService("wifi")).getConnectionInfo().getMacAddress());
    }
}
