package com.example.freshdelayedkits;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Kits.analytics(this);
    }
}
