package com.example.usualinittasks;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        TaskScheduler scheduler = new TaskScheduler();
        scheduler.add(new DeviceTask(this));
        if (Privacy.hasUserAgreed(this)) {
            scheduler.add(new PushTask(this));
        }
        scheduler.start();
    }
}
