package com.example.partbootreceiver;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Boot extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Log.i("boot", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
        context.startService(new Intent(context, Stay.class));
    }
}
