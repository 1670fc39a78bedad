package com.example.dialogclicklistener;

import android.app.Activity;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.view.View;

public class Main extends Activity implements View.OnClickListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.main);
        findViewById(R.id.yes).setOnClickListener(this);
        findViewById(R.id.no).setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        switch (view.getId()) {
            case R.id.yes:
                Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
                break;
            case R.id.no:
                Log.i("main", Settings.Secure.getString(this.getContentResolver(), "android_id"));
                finish();
                break;
            default:
        }
    }
}
