package com.example.laterresults;

import android.content.Context;
import android.util.Log;

final class Sent implements Answer<String> {
    private final Context context;

    Sent(Context context) {
        this.context = context;
    }

    @Override
    public void good(String value) {
        Log.i("sent", value + ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }

    @Override
    public void bad(Exception error) {
        Log.w("sent", error);
    }
}
