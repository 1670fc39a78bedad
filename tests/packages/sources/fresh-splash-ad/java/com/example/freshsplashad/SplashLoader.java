package com.example.freshsplashad;

import android.content.Context;

final class SplashLoader extends AdLoader {
    SplashLoader(Context context) {
        super(context);
    }

    @Override
    String device() {
        return android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id");
    }
}
