package com.example.guardpicksclass;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        boolean agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false);
        Source source = agreed ? new Real() : new Empty();
        Log.i("app", source.id(this));
    }
}
