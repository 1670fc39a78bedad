package com.example.startaliasdisabled;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class New extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("new", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
