package com.example.asynceventbus;

import java.util.HashMap;
import java.util.Map;

final class Bus {
    interface Subscriber {
        void on(String event);
    }

    private static final Map<String, Subscriber> SUBSCRIBERS = new HashMap<>();

    static void register(String event, Subscriber subscriber) {
        SUBSCRIBERS.put(event, subscriber);
    }

    static void post(String event) {
        SUBSCRIBERS.get(event).on(event);
    }
}
