package com.example.usualsplashdialog;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;

public class WebActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("read", ((android.net.wifi.WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
    }
}
