package com.example.guardthrowinghelper;

import android.content.Context;

final class Consent {
    static void require(Context context) {
        if (!context.getSharedPreferences("app", 0).getBoolean("privacy_agreed", false)) {
            throw new IllegalStateException("no consent");
        }
    }
}
