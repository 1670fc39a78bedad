package com.example.asyncviewlisteners;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.view.View;

class Hold implements View.OnLongClickListener {
    private final Context context;

    Hold(Context context) {
        this.context = context;
    }

    @Override
    public boolean onLongClick(View view) {
        return ((TelephonyManager) context.getSystemService("phone")).getLine1Number() == null;
    }
}
