package com.example.freshstartup;

import android.content.Context;
import android.util.Log;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

public class LogInitializer implements Initializer<Boolean> {
    @Override
    public Boolean create(Context context) {
        Log.i("create", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
        return true;
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.emptyList();
    }
}
