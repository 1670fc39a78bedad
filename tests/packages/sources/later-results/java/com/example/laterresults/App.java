package com.example.laterresults;

import android.app.Application;

public class App extends Application {
    Answer<String> sent;

    @Override
    public void onCreate() {
        super.onCreate();
        sent = new Sent(this);
        Loader.load(Works.of(this, false), new Shown(this));
    }
}
