package com.example.setpermissionpurpose;

import android.Manifest;
import android.app.Activity;
import android.os.Bundle;
import android.widget.Toast;
import androidx.core.app.ActivityCompat;

public class Main extends Activity {
    private static final String[] NEARBY = {Manifest.permission.ACCESS_FINE_LOCATION};

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        scan();
        talk();
    }

    private void scan() {
        Toast.makeText(this, R.string.why_camera, Toast.LENGTH_LONG).show();
        ActivityCompat.requestPermissions(this, new String[] {Manifest.permission.CAMERA}, 1);
    }

    private void talk() {
        Toast.makeText(this, R.string.needs_microphone, Toast.LENGTH_LONG).show();
        ActivityCompat.requestPermissions(this, new String[] {Manifest.permission.RECORD_AUDIO}, 2);
    }

    public void near() {
        Toast.makeText(this, "We use your location so that you see shops nearby.", Toast.LENGTH_LONG).show();
        ActivityCompat.requestPermissions(this, NEARBY, 3);
    }
}
