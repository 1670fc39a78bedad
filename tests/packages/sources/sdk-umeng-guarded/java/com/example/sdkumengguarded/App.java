package com.example.sdkumengguarded;

import android.app.Application;
import android.content.Context;
import com.umeng.commonsdk.UMConfigure;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        UMConfigure.preInit(this, "5f0000000000000000000000", "store");
        if (getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)) {
            startKits(this);
        }
    }

    static void startKits(Context context) {
        UMConfigure.init(context, UMConfigure.DEVICE_TYPE_PHONE, null);
    }
}
