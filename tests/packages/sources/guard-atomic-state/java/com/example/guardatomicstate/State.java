package com.example.guardatomicstate;

import java.util.concurrent.atomic.AtomicBoolean;

final class State {
    static final AtomicBoolean AGREED = new AtomicBoolean(false);
    static final int ASKED = 1;
    static final int ACCEPTED = 2;
    static int consent;
}
