package com.example.guardactivitychain;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;

public class Splash extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        boolean agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("privacy_agreed", false);
        startActivity(new Intent(this, agreed ? Home.class : Agree.class));
        if (agreed) {
            Log.i("splash", Settings.Secure.getString(this.getContentResolver(), "android_id"));
        }
        finish();
    }
}
