package a.a;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

public final class c {
    private c() { }

    public static void a(Context context) {
        Log.i("c", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
