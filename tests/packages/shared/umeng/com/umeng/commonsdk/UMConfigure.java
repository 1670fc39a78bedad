package com.umeng.commonsdk;

import android.content.Context;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public final class UMConfigure {
    public static final int DEVICE_TYPE_PHONE = 1;
    private static String key;

    private UMConfigure() { }

    public static void preInit(Context context, String appKey, String channel) {
        key = appKey + channel;
    }

    public static void init(Context context, String appKey, String channel, int device, String push) {
        preInit(context, appKey, channel);
        com.umeng.commonsdk.internal.Device.collect(context.getApplicationContext());
    }

    public static void init(Context context, int device, String push) {
        init(context, key, "", device, push);
    }
}
