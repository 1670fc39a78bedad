package com.example.asyncviewlisteners;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.view.View;

class Click implements View.OnClickListener {
    private final Context context;

    Click(Context context) {
        this.context = context;
    }

    @Override
    public void onClick(View view) {
        Log.i("click", ((TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }
}
