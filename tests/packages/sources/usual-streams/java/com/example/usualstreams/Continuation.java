package com.example.usualstreams;

import android.util.Log;

abstract class Continuation {
    int label;

    abstract Object invokeSuspend(Object result);

    final void resumeWith(Object result) {
        Object now = invokeSuspend(result);
        Log.i("c", String.valueOf(now));
    }
}
