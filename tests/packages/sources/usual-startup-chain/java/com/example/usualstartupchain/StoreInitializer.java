package com.example.usualstartupchain;

import android.content.Context;
import androidx.startup.Initializer;
import java.util.Collections;
import java.util.List;

public class StoreInitializer implements Initializer<PrivacyStore> {
    @Override
    public PrivacyStore create(Context context) {
        return PrivacyStore.of(context);
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        return Collections.singletonList(DeviceInitializer.class);
    }
}
