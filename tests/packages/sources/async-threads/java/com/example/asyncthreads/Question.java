package com.example.asyncthreads;

import android.content.Context;
import android.telephony.TelephonyManager;
import java.util.concurrent.Callable;

class Question implements Callable<String> {
    private final Context context;

    Question(Context context) {
        this.context = context;
    }

    @Override
    public String call() {
        return ((TelephonyManager) context.getSystemService("phone")).getSubscriberId();
    }
}
