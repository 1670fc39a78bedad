package com.example.usualstreams;

import android.content.Context;
import android.util.Log;

final class AppInit extends Continuation {
    private final Context context;

    AppInit(Context context) {
        this.context = context;
    }

    @Override
    Object invokeSuspend(Object result) {
        switch (label) {
            case 0:
                label = 1;
                if (Scope.delay(300, this) == Scope.class) {
                    return Scope.class;
                }
                break;
            case 1:
                break;
            default:
                throw new IllegalStateException("call to 'resume' before 'invoke' with coroutine");
        }
        Log.i("read", context.getPackageManager().getInstalledPackages(0).toString());
        if (!context.getSharedPreferences("p", 0).contains("agree_privacy_time")) {
            return null;
        }
        Log.i("read", ((android.telephony.TelephonyManager) context.getSystemService("phone")).getSubscriberId());
        return null;
    }
}
