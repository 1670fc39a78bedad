package com.example.usualprivacymanager;

import android.app.Application;
import com.tencent.mmkv.MMKV;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        MMKV.initialize(this);
        PrivacyManager.getInstance().runWhenAgreed(new PushTask(this));
        new CrashTask(this).run();
    }
}
