package com.example.latersteps;

abstract class Step {
    private final Step next;

    Step(Step next) {
        this.next = next;
    }

    final String next(String request) {
        return next == null ? request : next.pass(request);
    }

    abstract String pass(String request);
}
