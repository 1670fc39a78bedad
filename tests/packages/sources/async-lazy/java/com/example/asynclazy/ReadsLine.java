package com.example.asynclazy;

import android.content.Context;
import android.telephony.TelephonyManager;

class ReadsLine implements Lazy.Maker<String> {
    private final Context context;

    ReadsLine(Context context) {
        this.context = context;
    }

    @Override
    public String invoke() {
        return ((TelephonyManager) context.getSystemService("phone")).getLine1Number();
    }
}
