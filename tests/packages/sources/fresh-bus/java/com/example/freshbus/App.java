package com.example.freshbus;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Bus.register(Started.class, new StartHandler(this));
        Bus.register(Agreed.class, new AgreeHandler(this));
        Bus.post(new Started());
    }
}
