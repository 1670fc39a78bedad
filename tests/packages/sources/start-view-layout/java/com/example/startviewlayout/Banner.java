package com.example.startviewlayout;

import android.content.Context;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.AttributeSet;
import android.util.Log;
import android.view.View;

public class Banner extends View {
    public Banner(Context context, AttributeSet attributes) {
        super(context, attributes);
        Log.i("banner", ((TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }

    @Override
    protected void onAttachedToWindow() {
        super.onAttachedToWindow();
        Log.i("banner", Settings.Secure.getString(getContext().getContentResolver(), "android_id"));
    }
}
