package com.example.startsecondactivity;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.widget.Button;

public class Home extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("home", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        Button open = new Button(this);
        open.setOnClickListener(view -> startActivity(new Intent(this, Account.class)));
        setContentView(open);
    }
}
