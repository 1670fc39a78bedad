package com.example.guardfileflag;

import android.app.Activity;
import android.os.Bundle;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.widget.Button;
import java.io.File;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        File flag = new File(getFilesDir(), "privacy_agreed");
        if (flag.exists()) {
            Log.i("main", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        Button agree = new Button(this);
        agree.setText("同意");
        agree.setOnClickListener(view -> Log.i("main", String.valueOf(flag.mkdir())));
        setContentView(agree);
    }
}
