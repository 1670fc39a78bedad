package com.example.freshsplashad;

import android.content.Context;

final class FeedLoader extends AdLoader {
    FeedLoader(Context context) {
        super(context);
    }

    @Override
    String device() {
        return ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
