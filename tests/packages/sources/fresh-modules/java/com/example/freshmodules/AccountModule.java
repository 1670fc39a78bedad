package com.example.freshmodules;

import android.content.Context;
import android.util.Log;

public final class AccountModule implements Module {
    @Override
    public void init(Context context) {
        Log.i("init", "nothing yet");
    }

    @Override
    public void onPrivacyAgreed(Context context) {
        Log.i("agreed", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
