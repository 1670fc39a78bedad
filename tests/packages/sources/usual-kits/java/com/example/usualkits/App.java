package com.example.usualkits;

import android.app.Application;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        SdkManager.preInit(this);
        switch (getSharedPreferences("p", 0).getInt("user_agreement_state", 0)) {
            case 1:
                SdkManager.init(this);
                break;
            default:
                break;
        }
    }
}
