package com.example.rtamadeafterconsent;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

class Loud implements Source {
    @Override
    public void read(Context context) {
        Log.i("loud", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
