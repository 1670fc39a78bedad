package com.example.startsuperclass;

import android.telephony.TelephonyManager;
import android.util.Log;

class BaseApp extends CoreApp {
    @Override
    void setUp() {
        Log.i("base", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }
}
