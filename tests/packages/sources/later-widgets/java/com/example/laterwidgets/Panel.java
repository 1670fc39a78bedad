package com.example.laterwidgets;

final class Panel {
    interface Listener {
        void onReady(String name);
    }

    private final String name;
    private Listener listener;

    Panel(String name) {
        this.name = name;
    }

    void setListener(Listener listener) {
        this.listener = listener;
    }

    void tell() {
        if (listener != null) {
            listener.onReady(name);
        }
    }
}
