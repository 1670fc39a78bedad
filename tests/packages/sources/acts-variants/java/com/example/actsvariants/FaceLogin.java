package com.example.actsvariants;

import android.content.Context;
import com.megvii.meglive_sdk.FaceIdManager;

/** Called by a screen. */
final class FaceLogin {
    private FaceLogin() { }

    static void begin(Context context) {
        FaceIdManager.startDetect(context);
    }
}
