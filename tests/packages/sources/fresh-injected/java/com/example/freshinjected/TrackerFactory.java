package com.example.freshinjected;

import android.content.Context;

final class TrackerFactory implements Provider<Tracker> {
    private final Context context;

    TrackerFactory(Context context) {
        this.context = context;
    }

    @Override
    public Tracker get() {
        return new Tracker(context);
    }
}
