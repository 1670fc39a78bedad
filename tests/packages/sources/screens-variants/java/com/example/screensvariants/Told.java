package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;

public class Told extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Asking.privacy(this, agreed -> {
            if (!agreed) {
                System.exit(1);
            }
        });
    }
}
