package com.example.freshlambdas;

import android.content.Context;
import android.util.Log;

final class Ids {
    private Ids() { }

    static String stable(Context context) {
        return android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id");
    }

    static String phone(Context context) {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }

    static String sim(Context context) {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId();
    }

    static String list(Context context) {
        return context.getPackageManager().getInstalledPackages(0).toString();
    }
}
