package com.example.readapplist;

import android.app.ActivityManager;
import android.app.Application;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", this.getPackageManager().getInstalledPackages(0).toString());
        Log.i("app", getPackageManager().getInstalledApplications(0).toString());
        Intent main = new Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER);
        Log.i("app", getPackageManager().queryIntentActivities(main, 0).toString());
        Log.i("app", ((ActivityManager) this.getSystemService("activity")).getRunningAppProcesses().toString());
        own();
    }

    private void own() {
        try {
            Log.i("app", getPackageManager().getPackageInfo(getPackageName(), 0).versionName);
        } catch (PackageManager.NameNotFoundException error) {
            Log.i("app", "none");
        }
    }
}
