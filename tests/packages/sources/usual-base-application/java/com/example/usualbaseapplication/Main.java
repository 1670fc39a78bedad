package com.example.usualbaseapplication;

import android.util.Log;

public class Main extends BaseActivity {
    @Override
    protected void initData() {
        Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }
}
