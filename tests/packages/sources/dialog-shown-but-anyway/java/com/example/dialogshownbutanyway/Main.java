package com.example.dialogshownbutanyway;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("main", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        new AlertDialog.Builder(this).setMessage("请同意《隐私政策》")
            .setPositiveButton("同意", (dialog, which) -> begin()).show();
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }

    private void begin() {
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }
}
