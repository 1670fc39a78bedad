package com.example.usualworkers;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("《隐私政策》")
            .setPositiveButton("同意", (dialog, which) -> WorkManager.enqueue(this, ContactWorker.class))
            .show();
    }
}
