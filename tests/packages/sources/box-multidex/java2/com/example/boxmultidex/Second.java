package com.example.boxmultidex;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

public class Second {
    public static void read(Context context) {
        Log.i("second", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
