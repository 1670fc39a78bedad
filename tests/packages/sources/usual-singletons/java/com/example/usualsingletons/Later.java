package com.example.usualsingletons;

import android.util.Log;

final class Later {
    private Later() {
        Log.i("read", App.context.getPackageManager().getInstalledPackages(0).toString());
    }

    static Later getInstance() {
        return Holder.INSTANCE;
    }

    void touch() { }

    private static final class Holder {
        static final Later INSTANCE = new Later();
    }
}
