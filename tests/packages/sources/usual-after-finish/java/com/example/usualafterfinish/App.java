package com.example.usualafterfinish;

import android.app.Application;

public class App extends Application {
    private static boolean agreed;

    @Override
    public void onCreate() {
        super.onCreate();
        agreed = getSharedPreferences("p", 0).getBoolean("privacyAgreed", false);
    }

    static boolean isAgreed() {
        return agreed;
    }

    static void setAgreed(boolean value) {
        agreed = value;
    }
}
