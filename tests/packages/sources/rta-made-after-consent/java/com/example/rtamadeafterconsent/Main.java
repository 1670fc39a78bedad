package com.example.rtamadeafterconsent;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Main extends Activity {
    private Source source = new Quiet();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        source.read(this);
        new AlertDialog.Builder(this).setMessage("同意《隐私政策》？")
            .setPositiveButton("同意", (dialog, which) -> {
                source = new Loud();
                source.read(this);
            }).show();
    }
}
