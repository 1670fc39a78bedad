package com.example.dialogautoagree;

import android.content.Context;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.view.View;

class Agreed implements View.OnClickListener {
    private final Context context;

    Agreed(Context context) {
        this.context = context;
    }

    @Override
    public void onClick(View view) {
        Log.i("agreed", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
