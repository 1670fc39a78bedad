package com.example.layoutadsbad;

import android.app.Activity;
import android.content.Intent;
import android.hardware.Sensor;
import android.hardware.SensorEvent;
import android.hardware.SensorEventListener;
import android.hardware.SensorManager;
import android.net.Uri;
import android.os.Bundle;
import android.view.View;

public class Main extends Activity implements SensorEventListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.splash_ad);
        findViewById(R.id.page).setOnClickListener(view -> open());
        SensorManager sensors = (SensorManager) getSystemService(SENSOR_SERVICE);
        Sensor moved = sensors.getDefaultSensor(Sensor.TYPE_ACCELEROMETER);
        sensors.registerListener(this, moved, SensorManager.SENSOR_DELAY_GAME);
    }

    public void visit(View view) {
        open();
    }

    private void open() {
        startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse("https://shop.example.com/offer")));
    }

    @Override
    public void onSensorChanged(SensorEvent event) {
        if (event.values[0] > 3) {
            open();
        }
    }

    @Override
    public void onAccuracyChanged(Sensor sensor, int accuracy) {
    }
}
