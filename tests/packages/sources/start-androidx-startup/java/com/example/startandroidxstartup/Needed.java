package com.example.startandroidxstartup;

import android.content.Context;
import android.provider.Settings;
import androidx.startup.Initializer;
import java.util.ArrayList;
import java.util.List;

public class Needed implements Initializer<String> {
    @Override
    public String create(Context context) {
        return Settings.Secure.getString(context.getContentResolver(), "android_id");
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return new ArrayList<>();
    }
}
