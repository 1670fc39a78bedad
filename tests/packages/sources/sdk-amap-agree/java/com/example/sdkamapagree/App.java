package com.example.sdkamapagree;

import android.app.Application;
import com.amap.api.location.AMapLocationClient;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        AMapLocationClient.updatePrivacyShow(this, true, true);
        AMapLocationClient.updatePrivacyAgree(this, false);
        new AMapLocationClient(this).startLocation();
    }
}
