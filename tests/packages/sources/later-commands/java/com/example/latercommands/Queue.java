package com.example.latercommands;

import android.content.Context;
import java.util.ArrayDeque;

final class Queue {
    private final ArrayDeque<Command> waiting = new ArrayDeque<>();

    Queue add(Command one) {
        waiting.add(one);
        return this;
    }

    void work(Context context) {
        Command next = waiting.poll();
        while (next != null) {
            next.perform(context);
            next = waiting.poll();
        }
    }
}
