package com.example.asyncregisteredlisteners;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.net.wifi.WifiManager;
import android.util.Log;

class Changes extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Log.i("changes", ((WifiManager) context.getSystemService("wifi")).getConnectionInfo().getSSID());
    }
}
