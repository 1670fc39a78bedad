package com.example.usualstreams;

import android.content.Context;
import android.util.Log;

class DeviceSource implements Stream.Source<Context> {
    private final Context context;

    DeviceSource(Context context) {
        this.context = context;
    }

    @Override
    public void subscribe(Stream.Sink<Context> sink) {
        Log.i("read", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
        sink.onNext(context);
    }
}
