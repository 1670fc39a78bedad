package com.example.laterstates;

import android.content.Context;
import android.util.Log;

final class Ready implements State {
    @Override
    public void enter(Context context) {
        Log.i("state", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
