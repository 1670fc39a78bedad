package com.example.reflectcomputed;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    private static String name(String turned) {
        return new StringBuilder(turned).reverse().toString();
    }

    @Override
    public void onCreate() {
        super.onCreate();
        try {
            Class<?> kind = Class.forName(name("reganaMynohpeleT.ynohpelet.diordna"));
            Log.i("app", (String) kind.getMethod(name("dIeciveDteg")).invoke(getSystemService("phone")));
            Object hidden = Class.forName(getPackageName() + "." + name("neddiH")).newInstance();
            Log.i("app", hidden.toString());
        } catch (ReflectiveOperationException error) {
            Log.i("app", "none");
        }
    }
}
