package com.example.actsvariants;

import android.app.Service;
import android.content.Intent;
import android.media.MediaRecorder;
import android.os.Binder;
import android.os.IBinder;

public class Bound extends Service {
    /** What the screen holds. */
    final class Hand extends Binder {
        void memo() {
            MediaRecorder recorder = new MediaRecorder();
            recorder.setAudioSource(MediaRecorder.AudioSource.MIC);
            recorder.start();
        }
    }

    @Override
    public IBinder onBind(Intent intent) {
        return new Hand();
    }
}
