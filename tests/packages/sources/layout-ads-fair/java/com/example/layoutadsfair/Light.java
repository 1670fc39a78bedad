package com.example.layoutadsfair;

import android.app.Activity;
import android.hardware.Sensor;
import android.hardware.SensorEvent;
import android.hardware.SensorEventListener;
import android.hardware.SensorManager;

class Light implements SensorEventListener {
    void watch(Activity page) {
        SensorManager sensors = (SensorManager) page.getSystemService(Activity.SENSOR_SERVICE);
        Sensor light = sensors.getDefaultSensor(Sensor.TYPE_LIGHT);
        sensors.registerListener(this, light, SensorManager.SENSOR_DELAY_NORMAL);
    }

    @Override
    public void onSensorChanged(SensorEvent event) {
    }

    @Override
    public void onAccuracyChanged(Sensor sensor, int accuracy) {
    }
}
