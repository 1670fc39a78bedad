package com.example.asyncrx;

import android.app.Application;
import android.content.Context;
import android.provider.Settings;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Stream.<Context>just(this).map(new ReadDevice()).onThread()
            .subscribe(value -> Log.i("app", value + Settings.Secure.getString(this.getContentResolver(), "android_id")));
    }
}
