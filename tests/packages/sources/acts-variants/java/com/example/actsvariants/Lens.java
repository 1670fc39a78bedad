package com.example.actsvariants;

import android.hardware.Camera;

final class Lens {
    private Lens() { }

    static void open() {
        Camera.open().startPreview();
    }
}
