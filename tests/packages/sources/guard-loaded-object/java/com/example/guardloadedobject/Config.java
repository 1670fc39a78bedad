package com.example.guardloadedobject;

import android.content.Context;

class Config {
    final boolean privacyAgreed;

    Config(Context context) {
        privacyAgreed = context.getSharedPreferences("c", 0).getBoolean("privacyAgreed", false);
    }

    boolean ready() {
        return privacyAgreed;
    }
}
