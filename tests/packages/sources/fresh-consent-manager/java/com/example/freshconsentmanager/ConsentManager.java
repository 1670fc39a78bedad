package com.example.freshconsentmanager;

import android.content.Context;
import android.content.SharedPreferences;
import java.util.ArrayList;
import java.util.List;

final class ConsentManager {
    interface Listener {
        void onAgreed();
    }

    private static ConsentManager instance;
    private final SharedPreferences kept;
    private final List<Listener> waiting = new ArrayList<>();

    private ConsentManager(Context context) {
        kept = context.getSharedPreferences("consent", Context.MODE_PRIVATE);
    }

    static synchronized ConsentManager of(Context context) {
        if (instance == null) {
            instance = new ConsentManager(context.getApplicationContext());
        }
        return instance;
    }

    boolean hasAgreed() {
        return kept.getBoolean("privacy_agreed", false);
    }

    void requireConsent() {
        if (!hasAgreed()) {
            throw new IllegalStateException("privacy policy not agreed");
        }
    }

    void whenAgreed(Listener listener) {
        if (hasAgreed()) {
            listener.onAgreed();
        } else {
            waiting.add(listener);
        }
    }

    void agree() {
        kept.edit().putBoolean("privacy_agreed", true).apply();
        for (Listener one : waiting) {
            one.onAgreed();
        }
        waiting.clear();
    }
}
