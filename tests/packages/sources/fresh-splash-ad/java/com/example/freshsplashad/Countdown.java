package com.example.freshsplashad;

import android.content.Context;
import android.os.CountDownTimer;
import android.util.Log;

final class Countdown extends CountDownTimer {
    private final Context context;

    Countdown(Context context) {
        super(5000, 1000);
        this.context = context;
    }

    @Override
    public void onTick(long left) {
        Log.i("tick", String.valueOf(left));
    }

    @Override
    public void onFinish() {
        Log.i("shown", context.getPackageManager().getInstalledPackages(0).toString());
    }
}
