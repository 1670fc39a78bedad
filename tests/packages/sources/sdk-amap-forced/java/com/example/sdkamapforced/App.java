package com.example.sdkamapforced;

import android.app.Application;
import com.amap.api.location.AMapLocationClient;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        AMapLocationClient.updatePrivacyShow(this, true, true);
        AMapLocationClient.updatePrivacyAgree(this, true);
        new AMapLocationClient(this).startLocation();
    }
}
