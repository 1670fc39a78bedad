package com.amap.api.location;

import android.content.Context;
import android.location.Location;
import android.location.LocationListener;
import android.location.LocationManager;
import android.net.wifi.WifiManager;
import android.os.Bundle;
import android.util.Log;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class AMapLocationClient implements LocationListener {
    private static boolean agreed;
    private final Context context;

    public AMapLocationClient(Context context) {
        this.context = context;
    }

    public static void updatePrivacyShow(Context context, boolean contains, boolean shown) { }

    public static void updatePrivacyAgree(Context context, boolean agree) {
        agreed = agree;
    }

    public void startLocation() {
        if (!agreed) {
            return;
        }
        LocationManager manager = (LocationManager) context.getSystemService("location");
        manager.requestLocationUpdates("gps", 1000, 1, this);
        Log.i("amap", String.valueOf(((WifiManager) context.getSystemService("wifi")).getScanResults()));
    }

    @Override
    public void onLocationChanged(Location location) { }

    @Override
    public void onStatusChanged(String provider, int status, Bundle extras) { }

    @Override
    public void onProviderEnabled(String provider) { }

    @Override
    public void onProviderDisabled(String provider) { }
}
