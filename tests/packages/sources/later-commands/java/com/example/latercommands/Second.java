package com.example.latercommands;

import android.content.Context;
import android.util.Log;

final class Second implements Command {
    @Override
    public void perform(Context context) {
        Log.i("command", context.getPackageManager().getInstalledPackages(0).toString());
    }
}
