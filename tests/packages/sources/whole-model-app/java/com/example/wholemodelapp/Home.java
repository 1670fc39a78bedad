package com.example.wholemodelapp;

import android.app.Activity;
import android.os.Bundle;
import com.amap.api.location.AMapLocationClient;

public class Home extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.home);
        findViewById(R.id.near).setOnClickListener(view -> new AMapLocationClient(this).startLocation());
    }
}
