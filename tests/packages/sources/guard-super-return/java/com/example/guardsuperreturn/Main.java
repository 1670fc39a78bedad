package com.example.guardsuperreturn;

import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Main extends Base {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
