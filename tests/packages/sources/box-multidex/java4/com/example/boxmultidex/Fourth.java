package com.example.boxmultidex;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Fourth {
    public static void read(Context context) {
        Log.i("fourth", ((TelephonyManager) context.getSystemService("phone")).getSimSerialNumber());
    }
}
