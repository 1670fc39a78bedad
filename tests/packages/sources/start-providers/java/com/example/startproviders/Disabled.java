package com.example.startproviders;

import android.net.wifi.WifiManager;

public class Disabled extends EmptyProvider {
    @Override
    public boolean onCreate() {
        return ((WifiManager) getContext().getSystemService("wifi")).getConnectionInfo().getMacAddress() != null;
    }
}
