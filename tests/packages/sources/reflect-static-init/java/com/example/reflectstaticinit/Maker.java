package com.example.reflectstaticinit;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Maker implements Module {
    @Override
    public void start(Context context) {
        Log.i("maker", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
