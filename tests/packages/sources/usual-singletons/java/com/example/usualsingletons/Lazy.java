package com.example.usualsingletons;

final class Lazy<T> {
    interface Maker<T> {
        T make();
    }

    private Maker<T> maker;
    private T value;

    Lazy(Maker<T> maker) {
        this.maker = maker;
    }

    T get() {
        if (maker != null) {
            value = maker.make();
            maker = null;
        }
        return value;
    }
}
