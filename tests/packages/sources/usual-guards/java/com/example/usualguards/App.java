package com.example.usualguards;

import android.app.Application;
import android.content.SharedPreferences;
import android.util.Log;

public class App extends Application {
    static final int CURRENT_VERSION = 3;
    static boolean sHasAgreed;
    private SharedPreferences sp;

    @Override
    public void onCreate() {
        super.onCreate();
        sp = getSharedPreferences("main", MODE_PRIVATE);
        sHasAgreed = sp.getInt("policy_version_agreed", -1) >= CURRENT_VERSION;
        versionCompare();
        negated();
        ternary();
        debugOnly();
        sdkLevel();
        exceptions();
        combined();
        either();
        wrongWay();
        new Thread(this::onThread).start();
    }

    private void versionCompare() {
        int agreedVersion = sp.getInt("policy_version_agreed", 0);
        if (agreedVersion >= CURRENT_VERSION) {
            Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }

    private boolean needShowPrivacy() {
        return !sp.getBoolean("agreed", false);
    }

    private void negated() {
        if (needShowPrivacy()) {
            Log.i("app", "ask");
        } else {
            Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }

    private void ternary() {
        String id = sHasAgreed ? android.provider.Settings.Secure.getString(this.getContentResolver(), "android_id") : "";
        Log.i("app", id);
    }

    private void debugOnly() {
        if (BuildConfig.DEBUG) {
            Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getDeviceId());
        }
    }

    private void sdkLevel() {
        if (android.os.Build.VERSION.SDK_INT < 29) {
            Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getSubscriberId());
        }
    }

    private void exceptions() {
        try {
            check();
            Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getDeviceId());
        } catch (IllegalStateException error) {
            Log.i("read", android.provider.Settings.Secure.getString(this.getContentResolver(), "android_id"));
        } finally {
            Log.i("app", "done");
        }
    }

    private void check() {
        if (!sHasAgreed) {
            throw new IllegalStateException("privacy not agreed");
        }
    }

    private void combined() {
        if (sHasAgreed && BuildConfig.DEBUG) {
            Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getSubscriberId());
        }
    }

    private void either() {
        if (sHasAgreed || BuildConfig.DEBUG) {
            Log.i("read", ((android.net.wifi.WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
        }
    }

    private void wrongWay() {
        if (!sHasAgreed) {
            Log.i("read", android.provider.Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
    }

    private void onThread() {
        if (!sHasAgreed) {
            return;
        }
        Log.i("read", this.getPackageManager().getInstalledPackages(0).toString());
    }
}
