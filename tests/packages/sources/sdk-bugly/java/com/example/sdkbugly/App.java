package com.example.sdkbugly;

import android.app.Application;
import com.tencent.bugly.crashreport.CrashReport;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        CrashReport.initCrashReport(this, "000000000", false);
    }
}
