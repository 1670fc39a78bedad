package com.example.reflectserviceloader;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Provided implements Plugin {
    @Override
    public void start(Context context) {
        Log.i("provided", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
