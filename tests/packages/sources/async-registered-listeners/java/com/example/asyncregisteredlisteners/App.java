package com.example.asyncregisteredlisteners;

import android.app.Application;
import android.content.IntentFilter;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.os.Bundle;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application implements LocationListener {
    @Override
    public void onCreate() {
        super.onCreate();
        ((LocationManager) getSystemService("location")).requestLocationUpdates("gps", 1000, 1, this);
        registerActivityLifecycleCallbacks(new Screens());
        registerReceiver(new Changes(), new IntentFilter("android.net.conn.CONNECTIVITY_CHANGE"));
        getContentResolver().registerContentObserver(
            Settings.System.CONTENT_URI, true, new Watcher(this));
    }

    @Override
    public void onLocationChanged(Location location) {
        Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getAllCellInfo().toString());
    }

    @Override
    public void onStatusChanged(String provider, int status, Bundle extras) { }

    @Override
    public void onProviderEnabled(String provider) { }

    @Override
    public void onProviderDisabled(String provider) { }
}
