package com.example.freshbus;

import android.content.Context;
import android.util.Log;

final class StartHandler implements Bus.Handler<Started> {
    private final Context context;

    StartHandler(Context context) {
        this.context = context;
    }

    @Override
    public void on(Started event) {
        Log.i("event", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
