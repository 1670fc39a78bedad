package com.example.boxhiddendex;

import android.app.Application;
import android.util.Log;
import dalvik.system.DexClassLoader;
import java.io.File;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        try {
            DexClassLoader loader = new DexClassLoader(
                new File(getFilesDir(), "plugin.dex").getPath(), getCacheDir().getPath(), null,
                getClassLoader());
            ((Runnable) loader.loadClass("com.example.boxhiddendex.Plugin").newInstance()).run();
        } catch (ReflectiveOperationException error) {
            Log.i("app", "none");
        }
    }
}
