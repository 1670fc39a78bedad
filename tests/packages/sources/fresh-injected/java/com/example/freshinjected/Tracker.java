package com.example.freshinjected;

import android.content.Context;
import android.util.Log;

public class Tracker {
    Tracker(Context context) {
        Log.i("tracker", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
