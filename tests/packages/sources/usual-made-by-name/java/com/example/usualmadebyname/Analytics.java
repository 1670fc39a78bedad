package com.example.usualmadebyname;

import android.content.Context;
import android.util.Log;

public final class Analytics {
    private Analytics() { }

    public static void init(Context context) {
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }

    public static void track(Context context) {
        Log.i("read", context.getPackageManager().getInstalledPackages(0).toString());
    }
}
