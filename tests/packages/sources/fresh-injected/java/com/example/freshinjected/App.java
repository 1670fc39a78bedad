package com.example.freshinjected;

import android.app.Application;

public class App extends Application {
    Component component;

    @Override
    public void onCreate() {
        super.onCreate();
        component = new Component(this);
        component.tracker.get();
    }
}
