package com.example.usualafterfinish;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.util.Log;

public class Main extends Activity {
    private final Handler handler = new Handler(Looper.getMainLooper());

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (!App.isAgreed()) {
            startActivity(new Intent(this, AgreeActivity.class));
            finish();
        }
        Log.i("read", android.provider.Settings.Secure.getString(this.getContentResolver(), "android_id"));
        handler.postDelayed(this::enter, 1500);
    }

    private void enter() {
        if (!App.isAgreed()) {
            return;
        }
        Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getDeviceId());
        startService(new Intent(this, SyncService.class));
    }

    @Override
    protected void onDestroy() {
        handler.removeCallbacksAndMessages(null);
        super.onDestroy();
    }
}
