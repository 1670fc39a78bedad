package com.example.guardlooptryswitch;

import android.app.Application;
import android.content.SharedPreferences;
import android.net.wifi.WifiManager;
import android.os.SystemClock;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    private SharedPreferences kept;

    @Override
    public void onCreate() {
        super.onCreate();
        kept = getSharedPreferences("app", MODE_PRIVATE);
        looping();
        trying();
        switching();
        new Thread(this::waiting).start();
    }

    private void looping() {
        for (String name : new String[] {"a", "b"}) {
            if (!kept.getBoolean("privacy_agreed", false)) {
                continue;
            }
            Log.i(name, ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }

    private void trying() {
        try {
            if (!kept.getBoolean("privacy_agreed", false)) {
                throw new IllegalStateException("not yet");
            }
            Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        } catch (IllegalStateException error) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getLine1Number());
        }
    }

    private void switching() {
        switch (kept.getInt("consent_state", 0)) {
            case 1:
                Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
                break;
            case 2:
                Log.i("app", ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
                break;
            default:
                Log.i("app", ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getBSSID());
        }
    }

    private void waiting() {
        while (!kept.getBoolean("privacy_agreed", false)) {
            SystemClock.sleep(500);
        }
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getSimSerialNumber());
    }
}
