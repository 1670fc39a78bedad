package com.example.asyncobservers;

import java.util.ArrayList;
import java.util.List;

class Value<T> {
    interface Observer<T> {
        void changed(T value);
    }

    private final List<Observer<T>> observers = new ArrayList<>();

    void observe(Observer<T> observer) {
        observers.add(observer);
    }

    void set(T value) {
        for (Observer<T> one : observers) {
            one.changed(value);
        }
    }
}
