package com.example.asynccoroutine;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

class Collect extends Continuation {
    private final Context context;

    Collect(Context context) {
        this.context = context;
    }

    @Override
    Object invokeSuspend(Object result) {
        switch (label) {
            case 0:
                label = 1;
                Log.i("collect", Settings.Secure.getString(context.getContentResolver(), "android_id"));
                Scope.launch(this);
                return null;
            case 1:
                label = 2;
                return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
            default:
                throw new IllegalStateException("resumed too often");
        }
    }
}
