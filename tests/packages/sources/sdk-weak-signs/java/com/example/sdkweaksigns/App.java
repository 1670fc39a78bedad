package com.example.sdkweaksigns;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", "https://www.umeng.com/policy " + ct.tool.Count.of(com.loc.Places.first()));
        try {
            Log.i("app", Class.forName("com.tencent.bugly.crashreport.CrashReport").getName());
        } catch (ClassNotFoundException error) {
            Log.i("app", "com.igexin.sdk.PushManager");
        }
    }
}
