package com.example.guardstaticfield;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        start();
        new AlertDialog.Builder(this).setMessage("同意《隐私政策》？")
            .setPositiveButton("同意", (dialog, which) -> {
                Consent.agreed = true;
                start();
            }).show();
    }

    private void start() {
        if (Consent.agreed) {
            Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }
}
