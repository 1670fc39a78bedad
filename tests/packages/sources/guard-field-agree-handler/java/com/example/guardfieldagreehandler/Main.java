package com.example.guardfieldagreehandler;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.widget.Button;

public class Main extends Activity {
    private boolean accepted;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button agree = new Button(this);
        agree.setText("同意并继续");
        agree.setOnClickListener(view -> accepted = true);
        setContentView(agree);
    }

    @Override
    protected void onResume() {
        super.onResume();
        if (accepted) {
            Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }
}
