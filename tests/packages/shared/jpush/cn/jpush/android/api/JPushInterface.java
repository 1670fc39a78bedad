package cn.jpush.android.api;

import android.content.Context;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public final class JPushInterface {
    private JPushInterface() { }

    public static void init(Context context) {
        cn.jiguang.a.Report.send(context);
    }
}
