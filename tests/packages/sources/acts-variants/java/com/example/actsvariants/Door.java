package com.example.actsvariants;

import android.app.Activity;
import android.os.Bundle;

public class Door extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.door);
        findViewById(R.id.go).setOnClickListener(view -> FaceLogin.begin(this));
    }
}
