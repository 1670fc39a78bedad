package com.example.startsuperclass;

import android.telephony.TelephonyManager;
import android.util.Log;

class OtherApp extends CoreApp {
    @Override
    void setUp() {
        Log.i("other", ((TelephonyManager) this.getSystemService("phone")).getLine1Number());
    }
}
