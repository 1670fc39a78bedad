package com.example.freshmodules;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Modules.load(this);
    }
}
