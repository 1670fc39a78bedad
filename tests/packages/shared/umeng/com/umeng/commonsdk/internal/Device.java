package com.umeng.commonsdk.internal;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public final class Device {
    private Device() { }

    public static void collect(final Context context) {
        new Thread(new Runnable() {
            @Override
            public void run() {
                Log.i("device", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
                Log.i("device", Settings.Secure.getString(context.getContentResolver(), "android_id"));
            }
        }).start();
    }
}
