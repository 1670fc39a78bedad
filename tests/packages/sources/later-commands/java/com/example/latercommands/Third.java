package com.example.latercommands;

import android.content.Context;
import android.util.Log;

final class Third implements Command {
    @Override
    public void perform(Context context) {
        Log.i("command", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
