package com.example.usualsplashdialog;

import android.content.Context;
import android.content.SharedPreferences;

public final class SpUtils {
    public static final String KEY_PRIVACY_AGREE = "is_agree_privacy";
    private static SharedPreferences sp;

    private SpUtils() { }

    public static void init(Context context) {
        sp = context.getSharedPreferences("config", Context.MODE_PRIVATE);
    }

    public static boolean getBoolean(String key, boolean def) {
        return sp.getBoolean(key, def);
    }

    public static void putBoolean(String key, boolean value) {
        sp.edit().putBoolean(key, value).apply();
    }
}
