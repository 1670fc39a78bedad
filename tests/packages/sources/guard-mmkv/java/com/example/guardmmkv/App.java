package com.example.guardmmkv;

import android.app.Application;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;
import com.tencent.mmkv.MMKV;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        MMKV.initialize(this);
        if (MMKV.defaultMMKV().decodeBool("user_agreement", false)) {
            Log.i("app", ((TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
        if (!MMKV.defaultMMKV().getBoolean("agree_privacy", false)) {
            return;
        }
        Log.i("app", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
