package com.example.sdksharedprefix;

import android.app.Application;
import com.tencent.bugly.crashreport.CrashReport;
import com.tencent.mmkv.MMKV;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        MMKV.initialize(this);
        CrashReport.initCrashReport(this, "000000000", false);
        org.android.agoo.Channel.open(this);
    }
}
