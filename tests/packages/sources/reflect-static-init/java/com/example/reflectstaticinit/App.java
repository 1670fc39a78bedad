package com.example.reflectstaticinit;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        try {
            Class.forName("com.example.reflectstaticinit.Tracker");
            Module module = (Module) Class.forName("com.example.reflectstaticinit.Maker").newInstance();
            module.start(this);
            Log.i("app", Named.class.getName());
        } catch (ReflectiveOperationException error) {
            Log.i("app", "none");
        }
    }
}
