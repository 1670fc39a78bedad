package com.example.guarddeferredqueue;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Consent.whenAgreed(new Collect(this));
    }
}
