package com.example.usualmadebyname;

import android.app.Application;
import android.content.Context;
import android.util.Log;
import java.util.ServiceLoader;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Modules.start("device", this);
        call("com.example.usualmadebyname.Analytics", "init");
        for (Module each : ServiceLoader.load(Module.class)) {
            each.init(this);
        }
        if (getSharedPreferences("p", 0).getBoolean("is_privacy_policy_accepted", false)) {
            byName("com.example.usualmadebyname.PushModule");
            call("com.example.usualmadebyname.Analytics", "track");
        }
    }

    private void call(String name, String method) {
        try {
            Class.forName(name).getMethod(method, Context.class).invoke(null, this);
        } catch (ReflectiveOperationException error) {
            Log.e("app", name, error);
        }
    }

    private void byName(String name) {
        try {
            ((Module) Class.forName(name).newInstance()).init(this);
        } catch (Exception error) {
            Log.e("app", name, error);
        }
    }
}
