package com.example.sdkrenamed;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        a.a.b.a(this);
    }
}
