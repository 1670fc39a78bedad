package com.example.usualworkers;

import android.content.Context;

public abstract class Worker {
    protected Context context;

    public abstract boolean doWork();
}
