package com.example.usualsingletons;

import android.util.Log;

final class HolderOne {
    private HolderOne() {
        Log.i("read", android.provider.Settings.Secure.getString(App.context.getContentResolver(), "android_id"));
    }

    static HolderOne getInstance() {
        return Holder.INSTANCE;
    }

    void touch() { }

    private static final class Holder {
        static final HolderOne INSTANCE = new HolderOne();
    }
}
