package com.example.asyncthreads;

import android.content.Context;
import android.net.wifi.WifiManager;
import android.util.Log;
import java.util.function.Consumer;

class Accept implements Consumer<String> {
    private final Context context;

    Accept(Context context) {
        this.context = context;
    }

    @Override
    public void accept(String value) {
        Log.i("accept", ((WifiManager) context.getSystemService("wifi")).getConnectionInfo().getBSSID());
    }
}
