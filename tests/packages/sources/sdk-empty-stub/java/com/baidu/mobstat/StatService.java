package com.baidu.mobstat;

import android.content.Context;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public final class StatService {
    private StatService() { }

    public static void start(Context context) { }
}
