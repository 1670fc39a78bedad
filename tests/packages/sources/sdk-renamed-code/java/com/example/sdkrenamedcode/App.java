package com.example.sdkrenamedcode;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        b.c.a.a(this);
    }
}
