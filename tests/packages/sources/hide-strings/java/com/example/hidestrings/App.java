package com.example.hidestrings;

import android.app.Application;
import android.util.Log;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i(Strings.of("a1"), Strings.of("b2"));
        Log.i(Strings.of("c3"), Strings.of("d4"));
        Log.i(Strings.of("e5"), Strings.of("f6"));
        Log.i(Old.Z[0], Old.Z[1]);
        Greets.hello();
    }
}
