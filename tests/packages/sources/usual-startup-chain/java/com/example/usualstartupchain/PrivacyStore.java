package com.example.usualstartupchain;

import android.content.Context;
import android.content.SharedPreferences;
import android.text.TextUtils;

final class PrivacyStore {
    private static PrivacyStore instance;
    private final SharedPreferences kept;

    private PrivacyStore(Context context) {
        kept = context.getSharedPreferences("store", Context.MODE_PRIVATE);
    }

    static synchronized PrivacyStore of(Context context) {
        if (instance == null) {
            instance = new PrivacyStore(context.getApplicationContext());
        }
        return instance;
    }

    boolean hasAgreed() {
        return !TextUtils.isEmpty(kept.getString("agree_time", ""));
    }
}
