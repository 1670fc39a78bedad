package com.example.reflectstaticinit;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

public class Unmade implements Module {
    @Override
    public void start(Context context) {
        Log.i("unmade", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
