package com.example.guardsuperreturn;

import android.app.Activity;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;

class Base extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (!getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false)) {
            return;
        }
        Log.i("base", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
