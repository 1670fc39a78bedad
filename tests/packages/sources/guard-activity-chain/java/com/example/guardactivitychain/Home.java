package com.example.guardactivitychain;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Home extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("home", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
