package com.example.asynccoroutine;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

final class Scope {
    private static final Executor POOL = Executors.newSingleThreadExecutor();

    static void launch(Continuation body) {
        POOL.execute(body);
    }
}
