package com.example.hidestrings;

import android.util.Log;

final class Greets {
    private Greets() { }

    static void hello() {
        Log.i(Plain.of("dww"), Plain.of("obkkh"));
        Log.i(Plain.of("dww"), Plain.of("pnukc"));
        Log.i(Plain.of("dww"), Plain.of("u~b"));
    }
}
