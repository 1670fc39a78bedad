package com.example.usualevents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public final class EventBus {
    interface Subscriber {
        void onEvent(Object event);
    }

    private static final EventBus DEFAULT = new EventBus();
    private final Map<Class<?>, List<Subscriber>> known = new HashMap<>();

    static EventBus getDefault() {
        return DEFAULT;
    }

    void register(Class<?> kind, Subscriber one) {
        List<Subscriber> list = known.get(kind);
        if (list == null) {
            list = new ArrayList<>();
            known.put(kind, list);
        }
        list.add(one);
    }

    void post(Object event) {
        List<Subscriber> list = known.get(event.getClass());
        if (list == null) {
            return;
        }
        for (Subscriber one : list) {
            one.onEvent(event);
        }
    }
}
