package com.example.guardactivitychain;

import android.app.Activity;
import android.content.Intent;
import android.net.wifi.WifiManager;
import android.os.Bundle;
import android.util.Log;
import android.widget.Button;

public class Agree extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("agree", ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
        Button yes = new Button(this);
        yes.setText("同意并继续");
        yes.setOnClickListener(view -> {
            getSharedPreferences("app", MODE_PRIVATE).edit().putBoolean("privacy_agreed", true).apply();
            startActivity(new Intent(this, Home.class));
            finish();
        });
        setContentView(yes);
    }
}
