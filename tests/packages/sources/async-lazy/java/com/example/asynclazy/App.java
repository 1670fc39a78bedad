package com.example.asynclazy;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Ids.prepare(this);
        Log.i("app", Ids.device.get());
    }
}
