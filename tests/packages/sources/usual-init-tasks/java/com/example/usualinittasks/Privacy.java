package com.example.usualinittasks;

import android.content.Context;

final class Privacy {
    private Privacy() { }

    static boolean hasUserAgreed(Context context) {
        return context.getSharedPreferences("settings", Context.MODE_PRIVATE).getBoolean("k1", false);
    }
}
