package com.example.freshrx;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Chain.from(() -> Ids.stable(this)).map(String::trim).onIo().subscribe(id -> android.util.Log.i("id", id));
        Chain.from(() -> Ids.list(this)).map(String::length).onIo();
    }
}
