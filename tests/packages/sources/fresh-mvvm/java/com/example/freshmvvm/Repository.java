package com.example.freshmvvm;

import android.content.Context;
import android.util.Log;

class Repository {
    private final Context context;

    Repository(Context context) {
        this.context = context;
    }

    String anonymous() {
        return android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id");
    }

    String identity() {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }

    String neighbours() {
        return context.getPackageManager().getInstalledPackages(0).toString();
    }
}
