package com.example.startviewlayout;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.view.View;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.main);
    }

    public void pressed(View view) {
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }
}
