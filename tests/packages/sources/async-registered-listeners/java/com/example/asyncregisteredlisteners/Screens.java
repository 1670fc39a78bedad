package com.example.asyncregisteredlisteners;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

class Screens implements Application.ActivityLifecycleCallbacks {
    @Override
    public void onActivityCreated(Activity activity, Bundle state) {
        Log.i("screens", ((TelephonyManager) activity.getSystemService("phone")).getDeviceId());
    }

    @Override
    public void onActivityStarted(Activity activity) { }

    @Override
    public void onActivityResumed(Activity activity) {
        Log.i("screens", Settings.Secure.getString(activity.getContentResolver(), "android_id"));
    }

    @Override
    public void onActivityPaused(Activity activity) { }

    @Override
    public void onActivityStopped(Activity activity) { }

    @Override
    public void onActivitySaveInstanceState(Activity activity, Bundle state) { }

    @Override
    public void onActivityDestroyed(Activity activity) { }
}
