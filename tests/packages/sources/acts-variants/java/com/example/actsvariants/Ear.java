package com.example.actsvariants;

import android.media.AudioRecord;

/** A helper without a part of its own. */
final class Ear {
    private Ear() { }

    static void listen() {
        AudioRecord record = new AudioRecord(1, 16000, 16, 2, 4096);
        record.startRecording();
    }
}
