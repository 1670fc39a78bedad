package com.example.boxapksfeature;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        try {
            ((Runnable) Class.forName("com.example.boxapksfeature.Feature").newInstance()).run();
        } catch (ReflectiveOperationException error) {
            Log.i("app", "not installed");
        }
    }
}
