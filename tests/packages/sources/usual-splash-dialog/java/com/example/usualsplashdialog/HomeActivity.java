package com.example.usualsplashdialog;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;

public class HomeActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }
}
