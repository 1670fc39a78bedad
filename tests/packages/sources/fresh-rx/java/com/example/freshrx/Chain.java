package com.example.freshrx;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

public abstract class Chain<T> {
    interface Source<T> {
        T take();
    }

    interface Sink<T> {
        void next(T value);
    }

    interface Change<T, R> {
        R to(T value);
    }

    private static final Executor IO = Executors.newCachedThreadPool();

    static <T> Chain<T> from(Source<T> source) {
        return new Chain<T>() {
            @Override
            void subscribe(Sink<T> sink) {
                sink.next(source.take());
            }
        };
    }

    <R> Chain<R> map(Change<T, R> change) {
        Chain<T> above = this;
        return new Chain<R>() {
            @Override
            void subscribe(Sink<R> sink) {
                above.subscribe(value -> sink.next(change.to(value)));
            }
        };
    }

    Chain<T> onIo() {
        Chain<T> above = this;
        return new Chain<T>() {
            @Override
            void subscribe(Sink<T> sink) {
                IO.execute(() -> above.subscribe(sink));
            }
        };
    }

    abstract void subscribe(Sink<T> sink);
}
