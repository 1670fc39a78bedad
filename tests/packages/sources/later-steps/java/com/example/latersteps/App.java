package com.example.latersteps;

import android.app.Application;

public class App extends Application {
    Client bare;
    Client full;

    @Override
    public void onCreate() {
        super.onCreate();
        bare = new Client(new Stamp(this, new Send()));
        full = new Client(new Phone(this, new Card(this, new Send())));
        bare.get("/config");
    }
}
