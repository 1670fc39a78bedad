package com.example.startapplication;

import android.accounts.AccountManager;
import android.app.Application;
import android.bluetooth.BluetoothAdapter;
import android.content.Context;
import android.os.Build;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    static final String MODEL = Build.SERIAL;

    private final Object accounts = AccountManager.get(this);

    public App() {
        Log.i("app", BluetoothAdapter.getDefaultAdapter().getAddress());
    }

    @Override
    protected void attachBaseContext(Context base) {
        super.attachBaseContext(base);
        Log.i("app", ((TelephonyManager) base.getSystemService("phone")).getDeviceId());
    }

    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        Log.i("app", Helper.operator(this));
    }

    @Override
    public void onLowMemory() {
        Log.i("app", String.valueOf(this.getPackageManager().getInstalledPackages(0)));
    }
}
