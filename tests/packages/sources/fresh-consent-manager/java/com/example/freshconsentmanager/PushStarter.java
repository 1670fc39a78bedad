package com.example.freshconsentmanager;

import android.content.Context;
import android.util.Log;

public final class PushStarter implements ConsentManager.Listener {
    private final Context context;

    public PushStarter(Context context) {
        this.context = context;
    }

    @Override
    public void onAgreed() {
        Log.i("onAgreed", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }
}
