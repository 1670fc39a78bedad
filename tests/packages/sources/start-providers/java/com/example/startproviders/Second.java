package com.example.startproviders;

import android.content.Context;
import android.content.pm.ProviderInfo;
import android.os.Build;
import android.provider.Settings;
import android.util.Log;

public class Second extends EmptyProvider {
    private final String serial = Build.SERIAL;

    @Override
    public void attachInfo(Context context, ProviderInfo info) {
        super.attachInfo(context, info);
        Log.i("second", serial + Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }

    @Override
    public boolean onCreate() {
        return true;
    }
}
