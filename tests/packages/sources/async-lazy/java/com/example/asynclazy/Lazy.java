package com.example.asynclazy;

final class Lazy<T> {
    interface Maker<T> {
        T invoke();
    }

    private Maker<T> maker;
    private T value;

    Lazy(Maker<T> maker) {
        this.maker = maker;
    }

    T get() {
        if (maker != null) {
            value = maker.invoke();
            maker = null;
        }
        return value;
    }
}
