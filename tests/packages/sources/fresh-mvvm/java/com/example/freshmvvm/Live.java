package com.example.freshmvvm;

import java.util.ArrayList;
import java.util.List;

public class Live<T> {
    interface Observer<T> {
        void onChanged(T value);
    }

    private final List<Observer<T>> observers = new ArrayList<>();

    void observe(Observer<T> one) {
        observers.add(one);
    }

    void set(T value) {
        for (Observer<T> one : observers) {
            one.onChanged(value);
        }
    }
}
