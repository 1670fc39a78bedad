package com.example.laterresults;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class Loader {
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    private Loader() { }

    static <T> void load(Work<T> work, Answer<? super T> answer) {
        POOL.execute(() -> {
            try {
                answer.good(work.take());
            } catch (Exception error) {
                answer.bad(error);
            }
        });
    }
}
