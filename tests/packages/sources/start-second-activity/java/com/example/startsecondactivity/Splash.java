package com.example.startsecondactivity;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;

public class Splash extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Handler(Looper.getMainLooper()).postDelayed(() -> {
            startActivity(new Intent(this, Home.class));
            finish();
        }, 800);
    }
}
