package net.acme.track;

import android.content.Context;
import android.util.Log;

public final class Track {
    private static Context app;

    private Track() { }

    static void install(Context context) {
        app = context.getApplicationContext();
        Log.i("read", android.provider.Settings.Secure.getString(app.getContentResolver(), "android_id"));
        new Worker("track").start();
    }

    public static void start() {
        Log.i("read", ((android.net.wifi.WifiManager) app.getSystemService("wifi")).getConnectionInfo().getSSID());
    }

    private static final class Worker extends Thread {
        Worker(String name) {
            super(name);
        }

        @Override
        public void run() {
            Log.i("read", ((android.telephony.TelephonyManager) app.getSystemService("phone")).getSubscriberId());
        }
    }
}
