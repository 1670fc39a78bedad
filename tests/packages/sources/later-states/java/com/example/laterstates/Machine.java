package com.example.laterstates;

import android.content.Context;

final class Machine {
    private State current;

    void go(State next, Context context) {
        if (next != current) {
            current = next;
            current.enter(context);
        }
    }
}
