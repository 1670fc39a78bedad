package com.example.latermodes;

import android.content.Context;
import android.util.Log;

enum Mode {
    BASIC {
        @Override
        void start(Context context) {
            Log.i("mode", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
        }
    },
    FULL {
        @Override
        void start(Context context) {
            Log.i("mode", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
        }
    },
    CHILD {
        @Override
        void start(Context context) {
            Log.i("mode", context.getPackageManager().getInstalledPackages(0).toString());
        }
    };

    abstract void start(Context context);
}
