package com.example.sdkunknownlibrary;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        net.somebody.tools.Tools.start(this);
    }
}
