package com.example.guardincaller;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

class Later implements Runnable {
    private final Context context;

    Later(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("later", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
