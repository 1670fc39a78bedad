package com.example.asyncthreads;

import android.app.Application;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        new Worker(this).start();
        new Thread(new Job(this)).start();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        pool.submit(new Question(this));
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        clock.scheduleAtFixedRate(new Tick(this), 1, 60, TimeUnit.SECONDS);
        new Timer().schedule(new Alarm(this), 5000);
        FutureTask<String> future = new FutureTask<>(new Ask(this));
        pool.execute(future);
        CompletableFuture.supplyAsync(new Supply(this)).thenAccept(new Accept(this));
    }
}
