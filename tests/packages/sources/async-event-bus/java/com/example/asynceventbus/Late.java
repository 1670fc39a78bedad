package com.example.asynceventbus;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

class Late implements Bus.Subscriber {
    private final Context context;

    Late(Context context) {
        this.context = context;
    }

    @Override
    public void on(String event) {
        Log.i("late", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
