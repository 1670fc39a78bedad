package com.example.asynclazy;

import android.content.Context;

final class Ids {
    static Lazy<String> device;

    static void prepare(Context context) {
        device = new Lazy<>(new ReadsDevice(context));
    }
}
