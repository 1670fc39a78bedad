package com.example.startaliasdisabled;

import android.app.Activity;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;

public class Old extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("old", Settings.Secure.getString(this.getContentResolver(), "android_id"));
    }
}
