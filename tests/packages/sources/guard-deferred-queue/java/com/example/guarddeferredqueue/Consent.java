package com.example.guarddeferredqueue;

import java.util.ArrayList;
import java.util.List;

final class Consent {
    private static final List<Runnable> WAITING = new ArrayList<>();
    private static boolean agreed;

    static void whenAgreed(Runnable work) {
        if (agreed) {
            work.run();
        } else {
            WAITING.add(work);
        }
    }

    static void agree() {
        agreed = true;
        for (Runnable one : WAITING) {
            one.run();
        }
    }
}
