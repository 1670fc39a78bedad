package com.tencent.bugly.crashreport;

import android.app.ActivityManager;
import android.content.Context;
import android.provider.Settings;
import android.util.Log;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class CrashReport {
    public static void initCrashReport(Context context, String id, boolean debug) {
        Log.i("bugly", Settings.Secure.getString(context.getContentResolver(), "android_id"));
        Thread.setDefaultUncaughtExceptionHandler(new Handler(context));
    }

    private static final class Handler implements Thread.UncaughtExceptionHandler {
        private final Context context;

        Handler(Context context) {
            this.context = context;
        }

        @Override
        public void uncaughtException(Thread thread, Throwable error) {
            Log.i("bugly", ((ActivityManager) context.getSystemService("activity")).getRunningAppProcesses().toString());
        }
    }
}
