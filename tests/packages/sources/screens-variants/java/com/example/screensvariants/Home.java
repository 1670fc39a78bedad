package com.example.screensvariants;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;

public class Home extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("Please read our Privacy Policy")
            .setPositiveButton("Agree and continue", null)
            .setNegativeButton("I do not agree", (dialog, which) -> {
                Intent home = new Intent(Intent.ACTION_MAIN);
                home.addCategory(Intent.CATEGORY_HOME);
                startActivity(home);
            }).show();
    }
}
