package com.example.asynccoroutine;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Scope.launch(new Collect(this));
    }
}
