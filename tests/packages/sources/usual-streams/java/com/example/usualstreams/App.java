package com.example.usualstreams;

import android.app.Application;
import android.content.Context;
import android.util.Log;
import java.util.concurrent.Executors;

public class App extends Application {
    static Context app;

    @Override
    public void onCreate() {
        super.onCreate();
        app = this;
        Stream.create(new DeviceSource(this)).map(new ToImei())
            .subscribeOn(Executors.newCachedThreadPool())
            .subscribe(value -> Log.i("app", value));
        Stream.create(new Never()).map(value -> value + "!");
        Scope.launch(new AppInit(this));
    }
}
