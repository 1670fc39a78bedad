package com.example.laterstates;

import android.content.Context;
import android.util.Log;

final class Broken implements State {
    @Override
    public void enter(Context context) {
        Log.i("state", context.getPackageManager().getInstalledPackages(0).toString());
    }
}
