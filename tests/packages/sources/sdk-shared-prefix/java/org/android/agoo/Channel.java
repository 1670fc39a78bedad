package org.android.agoo;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

public final class Channel {
    private Channel() { }

    public static void open(Context context) {
        Log.i("agoo", ((TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }
}
