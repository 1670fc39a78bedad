package com.example.readbuildserial;

import android.app.Application;
import android.os.Build;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        field();
        method();
        Log.i("app", Build.MODEL + Build.BRAND);
    }

    private void field() {
        Log.i("app", Build.SERIAL);
    }

    private void method() {
        Log.i("app", Build.getSerial());
    }
}
