package com.example.freshinjected;

import android.content.Context;
import android.util.Log;

public class Account {
    Account(Context context) {
        Log.i("account", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
