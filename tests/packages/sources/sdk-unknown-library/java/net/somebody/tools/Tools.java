package net.somebody.tools;

import android.content.Context;
import android.util.Log;

public final class Tools {
    private Tools() { }

    public static void start(Context context) {
        Log.i("tools", net.somebody.tools.inner.Device.id(context));
    }
}
