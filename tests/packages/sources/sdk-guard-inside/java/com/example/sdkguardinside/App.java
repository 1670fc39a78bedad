package com.example.sdkguardinside;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        com.igexin.sdk.PushManager.getInstance().initialize(this);
    }
}
