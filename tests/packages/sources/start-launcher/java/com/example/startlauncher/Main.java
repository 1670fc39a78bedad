package com.example.startlauncher;

import android.app.Activity;
import android.content.ClipboardManager;
import android.content.Intent;
import android.os.Build;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Main extends Activity {
    private static final String MODEL = Build.SERIAL;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }

    @Override
    protected void onStart() {
        super.onStart();
        Log.i("main", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }

    @Override
    protected void onResume() {
        super.onResume();
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }

    @Override
    public void onWindowFocusChanged(boolean focused) {
        Log.i("main", String.valueOf(((ClipboardManager) this.getSystemService("clipboard")).getPrimaryClip()));
    }

    @Override
    protected void onActivityResult(int request, int result, Intent data) {
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getLine1Number());
    }

    @Override
    public void onBackPressed() {
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getSimSerialNumber());
    }
}
