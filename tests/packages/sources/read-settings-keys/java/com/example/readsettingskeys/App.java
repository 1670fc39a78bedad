package com.example.readsettingskeys;

import android.app.Application;
import android.provider.Settings;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        literal();
        helper("android_id");
        keyboards();
        brightness();
    }

    private void literal() {
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }

    private void helper(String key) {
        Log.i("app", Settings.Secure.getString(getContentResolver(), key));
    }

    private void keyboards() {
        Log.i("app", Settings.Secure.getString(getContentResolver(), "enabled_input_methods"));
    }

    private void brightness() {
        Log.i("app", Settings.System.getString(getContentResolver(), "screen_brightness"));
    }
}
