package com.example.asyncthreads;

import android.content.Context;
import android.telephony.TelephonyManager;
import java.util.function.Supplier;

class Supply implements Supplier<String> {
    private final Context context;

    Supply(Context context) {
        this.context = context;
    }

    @Override
    public String get() {
        return ((TelephonyManager) context.getSystemService("phone")).getLine1Number();
    }
}
