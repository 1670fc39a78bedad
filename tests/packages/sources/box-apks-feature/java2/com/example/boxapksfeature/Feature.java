package com.example.boxapksfeature;

import android.os.Build;
import android.util.Log;

public class Feature implements Runnable {
    @Override
    public void run() {
        Log.i("feature", Build.SERIAL);
    }
}
