package com.example.freshstartup;

import android.content.Context;
import android.util.Log;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

public class PushInitializer implements Initializer<Boolean> {
    @Override
    public Boolean create(Context context) {
        if (context.getSharedPreferences("p", 0).contains("agreed_at")) {
            Log.i("create", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
        }
        return true;
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.singletonList(LogInitializer.class);
    }
}
