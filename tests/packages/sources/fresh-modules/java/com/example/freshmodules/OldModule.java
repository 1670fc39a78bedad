package com.example.freshmodules;

import android.content.Context;
import android.util.Log;

public final class OldModule implements Module {
    @Override
    public void init(Context context) {
        Log.i("init", context.getPackageManager().getInstalledPackages(0).toString());
    }

    @Override
    public void onPrivacyAgreed(Context context) {
        Log.i("agreed", "nothing");
    }
}
