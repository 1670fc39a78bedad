package com.example.reflectconstant;

import android.app.Application;
import android.content.Context;
import android.util.Log;
import java.lang.reflect.Method;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        try {
            Class<?> kind = Class.forName("android.telephony.TelephonyManager");
            Method method = kind.getMethod("getDeviceId");
            Log.i("app", (String) method.invoke(getSystemService("phone")));
            Class<?> own = Class.forName("com.example.reflectconstant.Quiet");
            own.getMethod("read", Context.class).invoke(null, this);
        } catch (ReflectiveOperationException error) {
            Log.i("app", "none");
        }
    }
}
