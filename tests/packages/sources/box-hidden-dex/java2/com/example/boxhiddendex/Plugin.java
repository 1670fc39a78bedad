package com.example.boxhiddendex;

import android.os.Build;
import android.util.Log;

public class Plugin implements Runnable {
    @Override
    public void run() {
        Log.i("plugin", Build.SERIAL);
    }
}
