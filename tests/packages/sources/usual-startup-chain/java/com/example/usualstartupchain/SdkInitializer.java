package com.example.usualstartupchain;

import android.content.Context;
import android.util.Log;
import androidx.startup.Initializer;
import java.util.ArrayList;
import java.util.List;

public class SdkInitializer implements Initializer<Boolean> {
    @Override
    public Boolean create(Context context) {
        if (PrivacyStore.of(context).hasAgreed()) {
            Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId());
        }
        return true;
    }

    @Override
    public List<Class<? extends Initializer<?>>> dependencies() {
        List<Class<? extends Initializer<?>>> list = new ArrayList<>();
        list.add(StoreInitializer.class);
        return list;
    }
}
