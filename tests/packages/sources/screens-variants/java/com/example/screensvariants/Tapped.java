package com.example.screensvariants;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.widget.CheckBox;

public class Tapped extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.login);
        findViewById(R.id.enter).setOnClickListener(view -> new AlertDialog.Builder(this)
            .setMessage(R.string.notice)
            .setPositiveButton(R.string.yes, (dialog, which) -> tick())
            .setNegativeButton(R.string.no, null).show());
    }

    private void tick() {
        CheckBox box = (CheckBox) findViewById(R.id.tick);
        box.setChecked(true);
    }
}
