package com.example.usuallibraryprovider;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (getSharedPreferences("app", MODE_PRIVATE).getInt("privacy_status", 0) == 1) {
            net.acme.track.Track.start();
            com.umeng.commonsdk.UMConfigure.init(this, "k", "c", 1, "");
        }
    }
}
