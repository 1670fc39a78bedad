package com.example.latermodes;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Mode.BASIC.start(this);
    }
}
