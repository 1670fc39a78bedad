package com.example.startandroidxstartup;

import android.content.Context;
import android.telephony.TelephonyManager;
import androidx.startup.Initializer;
import java.util.ArrayList;
import java.util.List;

public class Listed implements Initializer<String> {
    @Override
    public String create(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        List<Class<? extends Initializer<?>>> needed = new ArrayList<>();
        needed.add(Needed.class);
        return needed;
    }
}
