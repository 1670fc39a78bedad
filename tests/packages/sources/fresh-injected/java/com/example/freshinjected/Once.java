package com.example.freshinjected;

final class Once<T> implements Provider<T> {
    private final Provider<T> from;
    private volatile Object made;

    private Once(Provider<T> from) {
        this.from = from;
    }

    static <T> Provider<T> of(Provider<T> from) {
        return from instanceof Once ? from : new Once<>(from);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T get() {
        Object known = made;
        if (known == null) {
            synchronized (this) {
                known = made;
                if (known == null) {
                    known = from.get();
                    made = known;
                }
            }
        }
        return (T) known;
    }
}
