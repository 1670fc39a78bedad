package com.example.usualinittasks;

import android.content.Context;
import android.util.Log;

public abstract class InitTask implements Runnable {
    protected final Context context;

    protected InitTask(Context context) {
        this.context = context;
    }

    int priority() {
        return 0;
    }

    abstract void execute();

    @Override
    public final void run() {
        try {
            execute();
        } catch (Throwable error) {
            Log.e("task", "failed", error);
        }
    }
}
