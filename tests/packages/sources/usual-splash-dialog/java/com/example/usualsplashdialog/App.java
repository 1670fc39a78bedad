package com.example.usualsplashdialog;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    private static App instance;
    private boolean inited;

    public static App getInstance() {
        return instance;
    }

    @Override
    public void onCreate() {
        super.onCreate();
        instance = this;
        SpUtils.init(this);
        if (SpUtils.getBoolean(SpUtils.KEY_PRIVACY_AGREE, false)) {
            initSdk();
        }
    }

    public void initSdk() {
        if (inited) {
            return;
        }
        inited = true;
        Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
