package com.example.boxmultidex;

import android.app.Application;
import android.content.Context;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", Twice.id(this));
        try {
            Class.forName("com.example.boxmultidex.Second").getMethod("read", Context.class).invoke(null, this);
            Class.forName("com.example.boxmultidex.Fourth").getMethod("read", Context.class).invoke(null, this);
        } catch (ReflectiveOperationException error) {
            Log.i("app", "none");
        }
    }
}
