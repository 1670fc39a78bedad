package com.example.asyncthreads;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

class Job implements Runnable {
    private final Context context;

    Job(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        Log.i("job", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
