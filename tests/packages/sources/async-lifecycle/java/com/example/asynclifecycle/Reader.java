package com.example.asynclifecycle;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

class Reader implements Owner.Observer {
    @Override
    public void onStart(Context context) {
        Log.i("reader", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }

    @Override
    public void onStop(Context context) {
        Log.i("reader", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
