package com.example.usualstreams;

import java.util.concurrent.Executor;

public abstract class Stream<T> {
    interface Source<T> {
        void subscribe(Sink<T> sink);
    }

    interface Sink<T> {
        void onNext(T value);
    }

    interface Mapper<T, R> {
        R apply(T value);
    }

    abstract void subscribe(Sink<T> sink);

    static <T> Stream<T> create(Source<T> source) {
        return new Created<>(source);
    }

    <R> Stream<R> map(Mapper<T, R> mapper) {
        return new Mapped<>(this, mapper);
    }

    Stream<T> subscribeOn(Executor pool) {
        return new Moved<>(this, pool);
    }

    private static final class Created<T> extends Stream<T> {
        private final Source<T> source;

        Created(Source<T> source) {
            this.source = source;
        }

        @Override
        void subscribe(Sink<T> sink) {
            source.subscribe(sink);
        }
    }

    private static final class Mapped<T, R> extends Stream<R> {
        private final Stream<T> above;
        private final Mapper<T, R> mapper;

        Mapped(Stream<T> above, Mapper<T, R> mapper) {
            this.above = above;
            this.mapper = mapper;
        }

        @Override
        void subscribe(Sink<R> sink) {
            above.subscribe(value -> sink.onNext(mapper.apply(value)));
        }
    }

    private static final class Moved<T> extends Stream<T> {
        private final Stream<T> above;
        private final Executor pool;

        Moved(Stream<T> above, Executor pool) {
            this.above = above;
            this.pool = pool;
        }

        @Override
        void subscribe(Sink<T> sink) {
            pool.execute(() -> above.subscribe(sink));
        }
    }
}
