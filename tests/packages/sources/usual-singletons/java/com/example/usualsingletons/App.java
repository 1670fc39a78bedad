package com.example.usualsingletons;

import android.app.Application;
import android.content.Context;
import android.util.Log;

public class App extends Application {
    static Context context;
    final Lazy<String> imsi = new Lazy<>(new ImsiMaker());

    @Override
    public void onCreate() {
        super.onCreate();
        context = this;
        HolderOne.getInstance().touch();
        Log.i("app", Checked.get(this).name());
        EnumOne.INSTANCE.touch();
        if (isUserConsented()) {
            Log.i("app", imsi.get());
            Later.getInstance().touch();
        }
    }

    private boolean isUserConsented() {
        try {
            return "1".equals(getSharedPreferences("s", 0).getString("consented", "0"));
        } catch (RuntimeException error) {
            return false;
        }
    }
}
