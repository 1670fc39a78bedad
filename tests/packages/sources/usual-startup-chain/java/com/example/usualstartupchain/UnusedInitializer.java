package com.example.usualstartupchain;

import android.content.Context;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

public class UnusedInitializer implements Initializer<String> {
    @Override
    public String create(Context context) {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId();
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.emptyList();
    }
}
