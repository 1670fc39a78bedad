package com.example.asyncviewlisteners;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;
import android.view.View;
import android.view.ViewTreeObserver;

class Watch implements ViewTreeObserver.OnGlobalLayoutListener, View.OnAttachStateChangeListener {
    private final Context context;

    Watch(Context context) {
        this.context = context;
    }

    @Override
    public void onGlobalLayout() {
        Log.i("watch", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }

    @Override
    public void onViewAttachedToWindow(View view) {
        Log.i("watch", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }

    @Override
    public void onViewDetachedFromWindow(View view) { }
}
