package com.example.usualkits;

import android.content.Context;

public final class SdkManager {
    private SdkManager() { }

    static void preInit(Context context) {
        com.umeng.commonsdk.UMConfigure.preInit(context, "key", "official");
        com.tencent.bugly.crashreport.CrashReport.initCrashReport(context, "id", false);
    }

    static void init(Context context) {
        com.umeng.commonsdk.UMConfigure.init(context, 1, "");
        cn.jpush.android.api.JPushInterface.init(context);
    }
}
