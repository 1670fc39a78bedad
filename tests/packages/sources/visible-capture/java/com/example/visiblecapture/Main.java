package com.example.visiblecapture;

import android.app.Activity;
import android.hardware.Camera;
import android.os.Bundle;
import android.widget.Button;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button shoot = new Button(this);
        shoot.setOnClickListener(view -> picture());
        setContentView(shoot);
    }

    private void picture() {
        Camera.open().takePicture(null, null, null);
    }
}
