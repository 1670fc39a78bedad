package com.example.usualprivacymanager;

import android.content.Context;
import android.util.Log;

class CrashTask implements Runnable {
    private final Context context;

    CrashTask(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("read", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
