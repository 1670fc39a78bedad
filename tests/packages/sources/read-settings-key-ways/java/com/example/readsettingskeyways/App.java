package com.example.readsettingskeyways;

import android.app.Application;
import android.provider.Settings;
import android.util.Log;

public class App extends Application {
    private final boolean other = getClass().getName().isEmpty();

    @Override
    public void onCreate() {
        super.onCreate();
        folded();
        field();
        built();
        resource();
        either();
    }

    private String read(String key) {
        return key;
    }

    private void folded() {
        Log.i("app", Settings.Secure.getString(getContentResolver(), Keys.FOLDED));
    }

    private void field() {
        Log.i("app", Settings.Secure.getString(getContentResolver(), Keys.field));
    }

    private void built() {
        String key = new StringBuilder("android").append("_id").toString();
        Log.i("app", Settings.Secure.getString(getContentResolver(), key));
    }

    private void resource() {
        Log.i("app", Settings.Secure.getString(getContentResolver(), getString(R.string.key)));
    }

    private void either() {
        String key = other ? "enabled_input_methods" : "android_id";
        Log.i("app", Settings.Secure.getString(getContentResolver(), read(key)));
    }
}
