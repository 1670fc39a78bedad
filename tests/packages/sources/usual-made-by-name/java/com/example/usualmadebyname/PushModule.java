package com.example.usualmadebyname;

import android.content.Context;
import android.util.Log;

public class PushModule implements Module {
    @Override
    public void init(Context context) {
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
