package com.example.usualworkers;

import android.content.Context;
import android.util.Log;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class WorkManager {
    private static final ExecutorService POOL = Executors.newSingleThreadExecutor();

    private WorkManager() { }

    static void enqueue(Context context, Class<? extends Worker> kind) {
        POOL.submit(() -> {
            try {
                Worker worker = kind.newInstance();
                worker.context = context;
                worker.doWork();
            } catch (ReflectiveOperationException error) {
                Log.e("work", "cannot be made", error);
            }
        });
    }
}
