package com.example.usualevents;

import android.app.Activity;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (!getSharedPreferences("p", 0).getBoolean("agree", false)) {
            new PrivacyFragment().show(getFragmentManager(), "privacy");
        }
    }
}
