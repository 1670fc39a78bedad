package com.example.boxdexnames;

import android.app.Application;
import android.telephony.TelephonyManager;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        读取("设备号\u0000\uD83D\uDE00");
    }

    private void 读取(String 名称) {
        Log.i(名称, ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
    }
}
