package com.example.latersteps;

final class Client {
    private final Step first;

    Client(Step first) {
        this.first = first;
    }

    String get(String path) {
        return first.pass(path);
    }
}
