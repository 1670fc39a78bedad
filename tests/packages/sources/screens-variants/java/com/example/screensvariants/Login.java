package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;
import android.widget.CheckBox;

public class Login extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.login);
        findViewById(R.id.close).setOnClickListener(view -> finish());
        ((CheckBox) findViewById(R.id.tick)).setChecked(true);
    }
}
