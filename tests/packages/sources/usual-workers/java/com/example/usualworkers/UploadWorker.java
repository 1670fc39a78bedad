package com.example.usualworkers;

import android.util.Log;

public class UploadWorker extends Worker {
    @Override
    public boolean doWork() {
        Log.i("read", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
        return true;
    }
}
