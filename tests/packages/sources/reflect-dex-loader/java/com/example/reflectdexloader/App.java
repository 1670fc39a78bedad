package com.example.reflectdexloader;

import android.app.Application;
import android.util.Log;
import dalvik.system.DexClassLoader;
import java.io.File;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        DexClassLoader loader = new DexClassLoader(
            new File(getFilesDir(), "plugin.jar").getPath(), getCacheDir().getPath(), null,
            getClassLoader());
        try {
            Runnable plugin = (Runnable) loader.loadClass("com.example.plugin.Start").newInstance();
            plugin.run();
        } catch (ReflectiveOperationException error) {
            Log.i("app", "none");
        }
    }
}
