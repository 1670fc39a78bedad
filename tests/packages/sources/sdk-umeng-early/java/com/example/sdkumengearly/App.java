package com.example.sdkumengearly;

import android.app.Application;
import com.umeng.commonsdk.UMConfigure;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        UMConfigure.init(this, "5f0000000000000000000000", "store", 1, null);
    }
}
