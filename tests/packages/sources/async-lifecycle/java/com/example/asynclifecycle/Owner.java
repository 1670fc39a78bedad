package com.example.asynclifecycle;

import android.content.Context;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

final class Owner {
    interface Observer {
        void onStart(Context context);

        void onStop(Context context);
    }

    private static final Set<Observer> ALL = new HashSet<>();

    static void add(Observer one) {
        ALL.add(one);
    }

    static void started(Context context) {
        Iterator<Observer> each = ALL.iterator();
        while (each.hasNext()) {
            each.next().onStart(context);
        }
    }

    static void stopped(Context context) {
        for (Observer one : ALL) {
            one.onStop(context);
        }
    }
}
