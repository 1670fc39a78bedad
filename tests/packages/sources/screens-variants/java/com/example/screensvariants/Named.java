package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;

public class Named extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.named);
    }

    public void agreed(View view) {
        view.setEnabled(false);
    }

    public void refused(View view) {
        android.os.Process.killProcess(android.os.Process.myPid());
    }
}
