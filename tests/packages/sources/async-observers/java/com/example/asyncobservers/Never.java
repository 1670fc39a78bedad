package com.example.asyncobservers;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;

class Never implements Value.Observer<String> {
    private final Context context;

    Never(Context context) {
        this.context = context;
    }

    @Override
    public void changed(String value) {
        Log.i("never", ((TelephonyManager) context.getSystemService("phone")).getLine1Number());
    }
}
