package com.megvii.meglive_sdk;

import android.content.Context;
import android.hardware.Camera;
import android.util.Log;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public final class FaceIdManager {
    private FaceIdManager() { }

    public static void startDetect(Context context) {
        Log.i("face", String.valueOf(Camera.open(1)));
    }
}
