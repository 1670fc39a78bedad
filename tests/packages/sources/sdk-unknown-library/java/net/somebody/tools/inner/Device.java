package net.somebody.tools.inner;

import android.content.Context;
import android.telephony.TelephonyManager;

public final class Device {
    private Device() { }

    public static String id(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
