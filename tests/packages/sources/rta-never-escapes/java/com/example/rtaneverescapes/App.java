package com.example.rtaneverescapes;

import android.app.Application;

public class App extends Application {
    private Runnable kept;

    @Override
    public void onCreate() {
        super.onCreate();
        kept = new Job(this);
        Thread idle = new Thread(new Other(this));
        idle.setName("never started");
    }
}
