package com.example.dialogrefusevariants;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Backs extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("Please agree to the Privacy Policy")
            .setNegativeButton("Disagree", (dialog, which) -> moveTaskToBack(true)).show();
    }
}
