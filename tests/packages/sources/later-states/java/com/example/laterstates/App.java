package com.example.laterstates;

import android.app.Application;

public class App extends Application {
    final Machine machine = new Machine();
    State ready;
    State broken;

    @Override
    public void onCreate() {
        super.onCreate();
        State ready = new Ready();
        this.ready = ready;
        this.broken = new Broken();
        machine.go(new Waiting(), this);
    }
}
