package com.example.guardhelper;

import android.content.Context;

final class Privacy {
    static boolean isAgreed(Context context) {
        return context.getSharedPreferences("s", 0).getBoolean("a1", false);
    }

    static boolean mayStart(Context context) {
        return !context.getSharedPreferences("s", 0).getBoolean("privacy_dialog_needed", true);
    }
}
