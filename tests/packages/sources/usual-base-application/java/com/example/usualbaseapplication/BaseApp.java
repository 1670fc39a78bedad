package com.example.usualbaseapplication;

import android.app.Application;
import android.content.Context;

public abstract class BaseApp extends Application {
    @Override
    protected void attachBaseContext(Context base) {
        super.attachBaseContext(LocaleWrapper.wrap(base));
    }

    @Override
    public void onCreate() {
        super.onCreate();
        onInit();
        if (!isPrivacyAgreed()) {
            return;
        }
        onInitAfterAgreed();
    }

    protected boolean isPrivacyAgreed() {
        return getSharedPreferences("app", MODE_PRIVATE).getBoolean("agreed", false);
    }

    protected void onInit() { }

    protected abstract void onInitAfterAgreed();
}
