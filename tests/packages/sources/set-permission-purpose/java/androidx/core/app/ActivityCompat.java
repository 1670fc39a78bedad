package androidx.core.app;

import android.app.Activity;

public final class ActivityCompat {
    private ActivityCompat() {}

    public static void requestPermissions(Activity activity, String[] names, int code) {
        activity.setResult(code);
    }
}
