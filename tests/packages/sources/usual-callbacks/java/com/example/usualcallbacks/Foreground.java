package com.example.usualcallbacks;

import android.app.Activity;
import android.app.Application;
import android.os.Bundle;
import android.util.Log;

class Foreground implements Application.ActivityLifecycleCallbacks {
    static Activity last;
    private int count;

    @Override
    public void onActivityCreated(Activity activity, Bundle state) {
        last = activity;
    }

    @Override
    public void onActivityStarted(Activity activity) {
        if (++count == 1) {
            onForeground(activity);
        }
    }

    private void onForeground(Activity activity) {
        Log.i("read", ((android.telephony.TelephonyManager) activity.getSystemService("phone")).getDeviceId());
    }

    @Override
    public void onActivityResumed(Activity activity) {
        if (App.agreed) {
            Log.i("read", ((android.telephony.TelephonyManager) activity.getSystemService("phone")).getSubscriberId());
        }
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
