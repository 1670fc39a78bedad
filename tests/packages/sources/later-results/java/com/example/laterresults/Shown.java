package com.example.laterresults;

import android.content.Context;
import android.util.Log;

final class Shown implements Answer<String> {
    private final Context context;

    Shown(Context context) {
        this.context = context;
    }

    @Override
    public void good(String value) {
        Log.i("shown", value);
    }

    @Override
    public void bad(Exception error) {
        Log.w("shown", context.getPackageManager().getInstalledPackages(0).toString(), error);
    }
}
