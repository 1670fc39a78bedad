package com.example.usualinittasks;

import android.content.Context;
import android.util.Log;

class DeviceTask extends InitTask {
    DeviceTask(Context context) {
        super(context);
    }

    @Override
    int priority() {
        return 10;
    }

    @Override
    void execute() {
        Log.i("read", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
