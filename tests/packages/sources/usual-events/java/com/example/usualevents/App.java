package com.example.usualevents;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        EventBus.getDefault().register(PrivacyAgreedEvent.class, new StatSubscriber(this));
    }
}
