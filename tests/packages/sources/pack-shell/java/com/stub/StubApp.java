package com.stub;

import android.app.Application;
import android.content.Context;

public class StubApp extends Application {
    static {
        System.loadLibrary("jiagu");
    }

    @Override
    protected native void attachBaseContext(Context base);
}
