package com.example.freshproviderinit;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.database.Cursor;
import android.net.Uri;
import android.util.Log;

public class InitProvider extends ContentProvider {
    @Override
    public boolean onCreate() {
        Context context = getContext();
        if (context == null) {
            return false;
        }
        Log.i("init", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
        if (Kept.isAgreed(context)) {
            Log.i("init", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
        }
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] values, String order) {
        Context context = getContext();
        Log.i("query", context.getPackageManager().getInstalledPackages(0).toString());
        return null;
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        return null;
    }

    @Override
    public int delete(Uri uri, String where, String[] values) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues values, String where, String[] arguments) {
        return 0;
    }
}
