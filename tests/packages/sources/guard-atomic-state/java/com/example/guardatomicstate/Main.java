package com.example.guardatomicstate;

import android.app.Activity;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.widget.Button;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (State.AGREED.get()) {
            Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        State.consent = State.ASKED;
        if (State.consent == State.ACCEPTED) {
            Log.i("main", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
        Button agree = new Button(this);
        agree.setText("同意");
        agree.setOnClickListener(view -> {
            State.AGREED.set(true);
            State.consent = State.ACCEPTED;
        });
        setContentView(agree);
    }
}
