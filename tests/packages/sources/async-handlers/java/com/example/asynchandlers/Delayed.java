package com.example.asynchandlers;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

class Delayed implements Runnable {
    private final Context context;

    Delayed(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("delayed", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
