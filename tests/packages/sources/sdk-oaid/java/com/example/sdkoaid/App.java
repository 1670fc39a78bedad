package com.example.sdkoaid;

import android.app.Application;
import com.bun.miitmdid.core.MdidSdkHelper;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        MdidSdkHelper.InitSdk(this, true, null);
    }
}
