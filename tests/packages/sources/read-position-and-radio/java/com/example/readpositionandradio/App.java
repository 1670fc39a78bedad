package com.example.readpositionandradio;

import android.app.Application;
import android.bluetooth.BluetoothAdapter;
import android.location.LocationManager;
import android.net.wifi.WifiManager;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", String.valueOf(((LocationManager) this.getSystemService("location")).getLastKnownLocation("gps")));
        Log.i("app", String.valueOf(((TelephonyManager) this.getSystemService("phone")).getAllCellInfo()));
        Log.i("app", String.valueOf(((WifiManager) this.getSystemService("wifi")).getScanResults()));
        Log.i("app", ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID() + ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getBSSID());
        Log.i("app", BluetoothAdapter.getDefaultAdapter().getAddress());
    }
}
