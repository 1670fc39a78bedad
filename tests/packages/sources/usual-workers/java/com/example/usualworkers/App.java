package com.example.usualworkers;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        WorkManager.enqueue(this, UploadWorker.class);
        boolean agree = getSharedPreferences("p", 0).getBoolean("has_agree_privacy_policy", false);
        if (agree) {
            WorkManager.enqueue(this, SyncWorker.class);
        }
    }
}
