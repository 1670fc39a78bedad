package com.example.usualcallbacks;

import android.content.Context;
import android.util.Log;

class Idle implements android.os.MessageQueue.IdleHandler {
    private final Context context;

    Idle(Context context) {
        this.context = context;
    }

    @Override
    public boolean queueIdle() {
        Log.i("read", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
        return false;
    }
}
