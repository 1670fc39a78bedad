package com.example.freshlambdas;

final class Lazy<T> {
    private Function0<? extends T> initializer;
    private T value;

    Lazy(Function0<? extends T> initializer) {
        this.initializer = initializer;
    }

    T getValue() {
        if (initializer != null) {
            value = initializer.invoke();
            initializer = null;
        }
        return value;
    }
}
