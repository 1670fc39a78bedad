package com.example.startproviders;

import android.telephony.TelephonyManager;

public class Remote extends EmptyProvider {
    @Override
    public boolean onCreate() {
        return ((TelephonyManager) getContext().getSystemService("phone")).getSimSerialNumber() != null;
    }
}
