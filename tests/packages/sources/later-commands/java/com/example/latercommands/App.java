package com.example.latercommands;

import android.app.Application;

public class App extends Application {
    final Queue later = new Queue();

    @Override
    public void onCreate() {
        super.onCreate();
        Queue now = new Queue().add(new First()).add(new Second());
        later.add(new Third());
        now.work(this);
    }
}
