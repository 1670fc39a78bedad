package com.example.usualinittasks;

import android.content.Context;
import android.util.Log;

class PushTask extends InitTask {
    PushTask(Context context) {
        super(context);
    }

    @Override
    void execute() {
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
