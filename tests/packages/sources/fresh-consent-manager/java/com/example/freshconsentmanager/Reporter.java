package com.example.freshconsentmanager;

import android.content.Context;
import android.util.Log;

final class Reporter {
    private Reporter() { }

    static void crash(Context context) {
        try {
            ConsentManager.of(context).requireConsent();
            Log.i("crash", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
        } catch (IllegalStateException refused) {
            Log.i("crash", "later");
        }
    }

    static void launch(Context context) {
        Log.i("launch", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
