package com.example.usualstreams;

import android.os.Handler;
import android.os.Looper;

final class Scope implements Runnable {
    private static final Handler MAIN = new Handler(Looper.getMainLooper());
    private final Continuation body;

    private Scope(Continuation body) {
        this.body = body;
    }

    static void launch(Continuation body) {
        MAIN.post(new Scope(body));
    }

    static Object delay(long millis, Continuation next) {
        MAIN.postDelayed(new Scope(next), millis);
        return Scope.class;
    }

    @Override
    public void run() {
        body.resumeWith(null);
    }
}
