package com.example.startandroidxstartup;

import android.content.Context;
import android.telephony.TelephonyManager;
import androidx.startup.Initializer;
import java.util.ArrayList;
import java.util.List;

public class NotMeant implements Initializer<String> {
    @Override
    public String create(Context context) {
        return ((TelephonyManager) context.getSystemService("phone")).getSubscriberId();
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return new ArrayList<>();
    }
}
