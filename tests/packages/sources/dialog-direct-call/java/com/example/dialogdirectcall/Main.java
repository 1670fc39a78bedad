package com.example.dialogdirectcall;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.view.View;
import android.widget.Button;

public class Main extends Activity implements View.OnClickListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button agree = new Button(this);
        agree.setText("同意");
        agree.setOnClickListener(this);
        setContentView(agree);
        onClick(agree);
    }

    @Override
    public void onClick(View view) {
        Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
