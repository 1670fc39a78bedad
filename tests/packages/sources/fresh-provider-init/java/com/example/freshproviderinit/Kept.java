package com.example.freshproviderinit;

import android.content.Context;

final class Kept {
    private static final int NOT_ASKED = 0;
    private static final int AGREED = 2;

    private Kept() { }

    static boolean isAgreed(Context context) {
        return context.getSharedPreferences("app", 0).getInt("protocol_state", NOT_ASKED) == AGREED;
    }

    static void agree(Context context) {
        context.getSharedPreferences("app", 0).edit().putInt("protocol_state", AGREED).apply();
    }
}
