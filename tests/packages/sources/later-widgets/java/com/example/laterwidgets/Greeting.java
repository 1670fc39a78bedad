package com.example.laterwidgets;

import android.content.Context;
import android.util.Log;

final class Greeting implements Panel.Listener {
    private final Context context;

    Greeting(Context context) {
        this.context = context;
    }

    @Override
    public void onReady(String name) {
        Log.i(name, android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
