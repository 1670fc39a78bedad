package com.example.sdkemptystub;

import android.app.Application;
import com.baidu.mobstat.StatService;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        StatService.start(this);
    }
}
