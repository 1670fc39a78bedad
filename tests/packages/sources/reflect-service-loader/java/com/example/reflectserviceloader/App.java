package com.example.reflectserviceloader;

import android.app.Application;
import java.util.ServiceLoader;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        for (Plugin one : ServiceLoader.load(Plugin.class)) {
            one.start(this);
        }
    }
}
