package com.example.latersteps;

import android.content.Context;
import android.util.Log;

final class Phone extends Step {
    private final Context context;

    Phone(Context context, Step next) {
        super(next);
        this.context = context;
    }

    @Override
    String pass(String request) {
        return next(request + ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
    }
}
