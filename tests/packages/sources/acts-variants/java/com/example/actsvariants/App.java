package com.example.actsvariants;

import android.app.Application;
import android.hardware.Camera;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        new Thread(new Peek()).start();
    }

    /** Takes a picture off the main thread. */
    static final class Peek implements Runnable {
        @Override
        public void run() {
            Camera.open(1).takePicture(null, null, null);
        }
    }
}
