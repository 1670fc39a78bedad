package a.a;

import android.content.Context;
import android.content.Intent;
import android.telephony.TelephonyManager;
import android.util.Log;

public final class b {
    private b() { }

    public static void a(Context context) {
        Log.i("a", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
        context.startService(new Intent(context, cn.jpush.android.service.PushService.class));
    }
}
