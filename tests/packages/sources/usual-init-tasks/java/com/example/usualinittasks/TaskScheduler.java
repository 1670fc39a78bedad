package com.example.usualinittasks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public final class TaskScheduler {
    private final List<InitTask> tasks = new ArrayList<>();
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    public TaskScheduler add(InitTask task) {
        tasks.add(task);
        return this;
    }

    public void start() {
        Collections.sort(tasks, (one, other) -> other.priority() - one.priority());
        for (InitTask task : tasks) {
            pool.execute(task);
        }
        tasks.clear();
    }
}
