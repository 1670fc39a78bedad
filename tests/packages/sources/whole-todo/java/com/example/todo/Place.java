package com.example.todo;

import android.app.Activity;
import android.location.LocationManager;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;

/** Reads where the device is when somebody taps "here". */
public class Place extends Activity {
    private Object here;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button tap = new Button(this);
        tap.setOnClickListener((View view) -> remember());
        setContentView(tap);
    }

    private void remember() {
        here = ((LocationManager) this.getSystemService("location")).getLastKnownLocation("gps");
    }
}
