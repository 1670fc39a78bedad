package com.example.usualafterfinish;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;
import android.view.View;
import android.widget.Button;

public class AgreeActivity extends Activity implements View.OnClickListener {
    private Button yes;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        yes = new Button(this);
        yes.setText("我同意");
        yes.setOnClickListener(this);
        setContentView(yes);
        Log.i("read", ((android.net.wifi.WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
    }

    @Override
    public void onClick(View view) {
        if (view == yes) {
            App.setAgreed(true);
            Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getSubscriberId());
            startService(new Intent(this, SyncService.class));
        }
    }
}
