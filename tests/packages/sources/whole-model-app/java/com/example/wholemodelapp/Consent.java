package com.example.wholemodelapp;

import android.content.Context;

final class Consent {
    private static final String KEY = "privacy_agreed";

    static boolean isAgreed(Context context) {
        return context.getSharedPreferences("consent", 0).getBoolean(KEY, false);
    }

    static void agree(Context context) {
        context.getSharedPreferences("consent", 0).edit().putBoolean(KEY, true).apply();
    }
}
