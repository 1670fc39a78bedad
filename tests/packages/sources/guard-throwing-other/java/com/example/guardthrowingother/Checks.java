package com.example.guardthrowingother;

import android.content.Context;

final class Checks {
    private Checks() { }

    static void ready(Context context) {
        if (!context.getSharedPreferences("cache", 0).getBoolean("warm", true)) {
            throw new IllegalStateException("cold");
        }
    }

    static void notAgreed(Context context) {
        if (context.getSharedPreferences("p", 0).getBoolean("privacy_agreed", false)) {
            throw new IllegalStateException("asked already");
        }
    }
}
