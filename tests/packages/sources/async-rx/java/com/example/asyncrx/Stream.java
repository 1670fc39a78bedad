package com.example.asyncrx;

abstract class Stream<T> {
    interface Step<A, B> {
        B apply(A value);
    }

    interface Sink<T> {
        void next(T value);
    }

    abstract void subscribe(Sink<T> sink);

    static <T> Stream<T> just(final T value) {
        return new Stream<T>() {
            @Override
            void subscribe(Sink<T> sink) {
                sink.next(value);
            }
        };
    }

    <R> Stream<R> map(final Step<T, R> step) {
        final Stream<T> source = this;
        return new Stream<R>() {
            @Override
            void subscribe(Sink<R> sink) {
                source.subscribe(value -> sink.next(step.apply(value)));
            }
        };
    }

    Stream<T> onThread() {
        final Stream<T> source = this;
        return new Stream<T>() {
            @Override
            void subscribe(Sink<T> sink) {
                new Thread(() -> source.subscribe(sink)).start();
            }
        };
    }
}
