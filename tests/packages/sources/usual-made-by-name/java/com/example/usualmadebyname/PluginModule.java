package com.example.usualmadebyname;

import android.content.Context;
import android.util.Log;

public class PluginModule implements Module {
    @Override
    public void init(Context context) {
        Log.i("read", ((android.net.wifi.WifiManager) context.getSystemService("wifi")).getConnectionInfo().getSSID());
    }
}
