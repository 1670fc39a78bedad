package com.example.asyncthreads;

import android.content.Context;
import android.telephony.TelephonyManager;
import java.util.concurrent.Callable;

class Ask implements Callable<String> {
    private final Context context;

    Ask(Context context) {
        this.context = context;
    }

    @Override
    public String call() {
        return ((TelephonyManager) context.getSystemService("phone")).getSimSerialNumber();
    }
}
