package com.example.startproviders;

import android.database.Cursor;
import android.net.Uri;
import android.telephony.TelephonyManager;
import android.util.Log;

public class Plain extends EmptyProvider {
    @Override
    public boolean onCreate() {
        return ((TelephonyManager) getContext().getSystemService("phone")).getSubscriberId() != null;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] values, String order) {
        Log.i("plain", ((TelephonyManager) getContext().getSystemService("phone")).getLine1Number());
        return null;
    }
}
