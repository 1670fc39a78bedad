package com.example.freshbus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Bus {
    interface Handler<E> {
        void on(E event);
    }

    private static final Map<Class<?>, List<Handler<?>>> KNOWN = new HashMap<>();

    private Bus() { }

    static <E> void register(Class<E> kind, Handler<E> handler) {
        List<Handler<?>> known = KNOWN.get(kind);
        if (known == null) {
            known = new ArrayList<>();
            KNOWN.put(kind, known);
        }
        known.add(handler);
    }

    @SuppressWarnings("unchecked")
    static <E> void post(E event) {
        List<Handler<?>> known = KNOWN.get(event.getClass());
        if (known != null) {
            for (Handler<?> one : known) {
                ((Handler<E>) one).on(event);
            }
        }
    }
}
