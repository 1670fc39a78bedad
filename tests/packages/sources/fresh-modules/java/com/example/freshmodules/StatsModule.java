package com.example.freshmodules;

import android.content.Context;
import android.util.Log;

public final class StatsModule implements Module {
    @Override
    public void init(Context context) {
        Log.i("init", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }

    @Override
    public void onPrivacyAgreed(Context context) {
        Log.i("agreed", "nothing");
    }
}
