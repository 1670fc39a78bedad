package com.example.reflectproxy;

import android.content.Context;
import android.telephony.TelephonyManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

class Behind implements InvocationHandler {
    private final Context context;

    Behind(Context context) {
        this.context = context;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] values) {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }
}
