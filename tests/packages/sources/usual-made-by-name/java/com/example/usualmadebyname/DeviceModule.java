package com.example.usualmadebyname;

import android.content.Context;
import android.util.Log;

public class DeviceModule implements Module {
    @Override
    public void init(Context context) {
        Log.i("read", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
