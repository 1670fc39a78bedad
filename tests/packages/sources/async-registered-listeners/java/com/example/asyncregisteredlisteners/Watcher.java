package com.example.asyncregisteredlisteners;

import android.content.Context;
import android.database.ContentObserver;
import android.os.Handler;
import android.telephony.TelephonyManager;
import android.util.Log;

class Watcher extends ContentObserver {
    private final Context context;

    Watcher(Context context) {
        super(new Handler());
        this.context = context;
    }

    @Override
    public void onChange(boolean own) {
        Log.i("watcher", ((TelephonyManager) context.getSystemService("phone")).getSimSerialNumber());
    }
}
