package com.example.reflectserviceloader;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

public class NotProvided implements Plugin {
    @Override
    public void start(Context context) {
        Log.i("not", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
