package com.example.boxdex039;

import android.app.Application;
import android.content.Context;
import android.os.Build;
import android.telephony.TelephonyManager;
import android.util.Log;
import java.util.function.Supplier;

public class App extends Application {
    interface Source {
        static String serial() {
            return Build.SERIAL;
        }

        default String id(Context context) {
            return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
        }
    }

    @Override
    public void onCreate() {
        super.onCreate();
        Source source = new Source() { };
        Supplier<String> serial = Source::serial;
        Log.i("app", source.id(this) + serial.get());
    }
}
