package com.example.freshsplashad;

import android.content.Context;
import android.util.Log;

abstract class AdLoader {
    final Context context;

    AdLoader(Context context) {
        this.context = context;
    }

    abstract String device();

    final void load() {
        new Thread(() -> Log.i("ad", device())).start();
    }
}
