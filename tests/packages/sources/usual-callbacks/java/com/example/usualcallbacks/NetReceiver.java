package com.example.usualcallbacks;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.util.Log;

class NetReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Log.i("read", ((android.net.wifi.WifiManager) context.getSystemService("wifi")).getConnectionInfo().getSSID());
        if (App.agreed) {
            Log.i("read", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
        }
    }
}
