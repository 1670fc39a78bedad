package com.igexin.sdk;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public final class PushManager {
    private static final PushManager ONE = new PushManager();

    public static PushManager getInstance() {
        return ONE;
    }

    public void initialize(Context context) {
        if (!context.getSharedPreferences("push", 0).getBoolean("privacy_granted", false)) {
            Log.i("push", Settings.Secure.getString(context.getContentResolver(), "android_id"));
            return;
        }
        Log.i("push", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
