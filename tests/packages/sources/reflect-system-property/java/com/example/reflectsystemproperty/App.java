package com.example.reflectsystemproperty;

import android.app.Application;
import android.util.Log;
import java.lang.reflect.Method;

public class App extends Application {
    private static String property(String key) throws ReflectiveOperationException {
        Class<?> kind = Class.forName("android.os.SystemProperties");
        return (String) kind.getMethod("get", String.class).invoke(null, key);
    }

    @Override
    public void onCreate() {
        super.onCreate();
        try {
            Class<?> kind = Class.forName("android.os.SystemProperties");
            Method get = kind.getMethod("get", String.class);
            Log.i("app", (String) get.invoke(null, "ro.serialno"));
            Log.i("app", property("ro.build.version.emui"));
        } catch (ReflectiveOperationException error) {
            Log.i("app", "none");
        }
    }
}
