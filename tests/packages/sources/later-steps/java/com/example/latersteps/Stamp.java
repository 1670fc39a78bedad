package com.example.latersteps;

import android.content.Context;
import android.util.Log;

final class Stamp extends Step {
    private final Context context;

    Stamp(Context context, Step next) {
        super(next);
        this.context = context;
    }

    @Override
    String pass(String request) {
        return next(request + android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
