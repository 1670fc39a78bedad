package com.example.guardparameter;

import android.content.Context;
import android.provider.Settings;
import android.util.Log;

final class Kit {
    static void init(Context context, boolean collect) {
        if (collect) {
            Log.i("kit", Settings.Secure.getString(context.getContentResolver(), "android_id"));
        }
    }
}
