package b.c;

import android.content.Context;
import android.content.Intent;
import android.provider.Settings;
import android.util.Log;
import java.io.IOException;
import java.net.URL;

public final class a {
    private a() { }

    public static void a(Context context) {
        context.sendBroadcast(new Intent("com.igexin.sdk.action.initialize"));
        Log.i("a", Settings.Secure.getString(context.getContentResolver(), "android_id"));
        try {
            new URL("https://c-hzgt2.getui.com/api").openConnection().connect();
        } catch (IOException error) {
            Log.i("a", "com.igexin.sdk.PushManager");
        }
    }
}
