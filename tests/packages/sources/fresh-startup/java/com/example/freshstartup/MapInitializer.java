package com.example.freshstartup;

import android.content.Context;
import android.util.Log;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

public class MapInitializer implements Initializer<Boolean> {
    @Override
    public Boolean create(Context context) {
        Log.i("create", context.getPackageManager().getInstalledPackages(0).toString());
        return true;
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.emptyList();
    }
}
