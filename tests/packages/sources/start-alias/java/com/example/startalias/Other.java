package com.example.startalias;

import android.app.Activity;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;

public class Other extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("other", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
