package com.example.startsecondactivity;

import android.app.Activity;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;

public class Orphan extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("orphan", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
