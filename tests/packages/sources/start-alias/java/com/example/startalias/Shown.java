package com.example.startalias;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Shown extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("shown", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
