package com.example.rtaneverescapes;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

class Other implements Runnable {
    private final Context context;

    Other(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("other", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
