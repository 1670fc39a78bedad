package com.example.usualsingletons;

import android.content.Context;

final class Checked {
    private static volatile Checked one;
    private final String name;

    private Checked(Context context) {
        name = ((android.telephony.TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }

    static Checked get(Context context) {
        Checked local = one;
        if (local == null) {
            synchronized (Checked.class) {
                local = one;
                if (local == null) {
                    one = local = new Checked(context);
                }
            }
        }
        return local;
    }

    String name() {
        return name;
    }
}
