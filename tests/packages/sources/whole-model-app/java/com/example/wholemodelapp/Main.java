package com.example.wholemodelapp;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (Consent.isAgreed(this)) {
            startActivity(new Intent(this, Home.class));
            finish();
            return;
        }
        new AlertDialog.Builder(this)
            .setTitle(R.string.title)
            .setMessage(R.string.rules)
            .setPositiveButton(R.string.agree, (dialog, which) -> {
                Consent.agree(this);
                Kits.start(getApplicationContext());
                startActivity(new Intent(this, Home.class));
                finish();
            })
            .setNegativeButton(R.string.refuse, (dialog, which) -> {
                startActivity(new Intent(this, Basic.class));
                finish();
            })
            .show();
    }
}
