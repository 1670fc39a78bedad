package com.example.startprocesscheck;

import android.app.ActivityManager;
import android.app.Application;
import android.os.Process;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        if (!getPackageName().equals(process())) {
            return;
        }
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }

    private String process() {
        ActivityManager manager = (ActivityManager) getSystemService("activity");
        for (ActivityManager.RunningAppProcessInfo one : manager.getRunningAppProcesses()) {
            if (one.pid == Process.myPid()) {
                return one.processName;
            }
        }
        return null;
    }
}
