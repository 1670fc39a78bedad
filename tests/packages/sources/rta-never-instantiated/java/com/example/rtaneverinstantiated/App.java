package com.example.rtaneverinstantiated;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Store store = new Memory();
        Log.i("app", store.load(this));
        if (store instanceof Device) {
            Log.i("app", "never");
        }
    }
}
