package com.example.reflectconstant;

import android.content.Context;
import android.provider.Settings;

public class Quiet {
    public static String read(Context context) {
        return Settings.Secure.getString(context.getContentResolver(), "android_id");
    }
}
