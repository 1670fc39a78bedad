package com.example.guardunrelated;

import android.app.Application;
import android.net.ConnectivityManager;
import android.net.NetworkInfo;
import android.net.wifi.WifiManager;
import android.os.Build;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (getSharedPreferences("app", MODE_PRIVATE).getBoolean("dark_mode", false)) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        if (Build.VERSION.SDK_INT >= 23) {
            Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
        ConnectivityManager net = (ConnectivityManager) getSystemService("connectivity");
        NetworkInfo now = net.getActiveNetworkInfo();
        if (now != null && now.isConnected()) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
        }
        for (int i = 0; i < 3; i++) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSimSerialNumber());
        }
        try {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getLine1Number());
        } catch (SecurityException error) {
            Log.i("app", ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
        }
    }
}
