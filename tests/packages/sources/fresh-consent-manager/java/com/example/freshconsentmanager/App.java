package com.example.freshconsentmanager;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Reporter.crash(this);
        Reporter.launch(this);
        ConsentManager.of(this).whenAgreed(new PushStarter(this));
    }
}
