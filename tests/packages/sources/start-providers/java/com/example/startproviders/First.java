package com.example.startproviders;

import android.telephony.TelephonyManager;

public class First extends EmptyProvider {
    @Override
    public boolean onCreate() {
        return ((TelephonyManager) getContext().getSystemService("phone")).getDeviceId() != null;
    }
}
