package com.bun.miitmdid.core;

import android.content.Context;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class MdidSdkHelper {
    public static int InitSdk(Context context, boolean log, Object listener) {
        return 0;
    }
}
