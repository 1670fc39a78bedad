package com.example.freshdelayedkits;

import android.content.Context;
import android.os.Handler;
import android.os.Looper;
import cn.jpush.android.api.JPushInterface;
import com.umeng.commonsdk.UMConfigure;

final class Kits {
    private static final long DELAY = 3000;

    private Kits() { }

    static void analytics(Context context) {
        new Handler(Looper.getMainLooper()).postDelayed(
            () -> UMConfigure.init(context, "5f0000000000000000000000", "store", UMConfigure.DEVICE_TYPE_PHONE, null), DELAY);
    }

    static void push(Context context) {
        JPushInterface.init(context);
    }
}
