package com.example.reflectnative;

import android.app.Application;
import android.content.Context;
import android.util.Log;

public class App extends Application {
    static {
        System.loadLibrary("collect");
    }

    native String collect(Context context);

    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", collect(this));
    }
}
