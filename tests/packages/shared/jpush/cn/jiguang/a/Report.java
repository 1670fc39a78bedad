package cn.jiguang.a;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public final class Report {
    private Report() { }

    public static void send(Context context) {
        Log.i("report", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
        Log.i("report", context.getPackageManager().getInstalledPackages(0).toString());
    }
}
