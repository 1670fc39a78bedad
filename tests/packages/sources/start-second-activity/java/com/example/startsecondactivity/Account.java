package com.example.startsecondactivity;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Account extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("account", ((TelephonyManager) this.getSystemService("phone")).getLine1Number());
    }
}
