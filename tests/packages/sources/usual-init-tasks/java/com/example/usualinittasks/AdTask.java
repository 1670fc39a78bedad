package com.example.usualinittasks;

import android.content.Context;
import android.util.Log;

class AdTask extends InitTask {
    AdTask(Context context) {
        super(context);
    }

    @Override
    void execute() {
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }
}
