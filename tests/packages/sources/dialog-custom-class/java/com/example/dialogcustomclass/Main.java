package com.example.dialogcustomclass;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Main extends Activity implements PrivacyDialog.Answer {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new PrivacyDialog(this, this).show();
    }

    @Override
    public void agreed() {
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }

    @Override
    public void refused() {
        finish();
    }
}
