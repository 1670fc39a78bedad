package com.example.reflectcomputed;

import android.content.Context;
import android.provider.Settings;

public class Hidden {
    static Context context;

    @Override
    public String toString() {
        return Settings.Secure.getString(context.getContentResolver(), "android_id");
    }
}
