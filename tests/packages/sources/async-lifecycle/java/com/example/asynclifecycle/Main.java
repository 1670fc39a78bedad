package com.example.asynclifecycle;

import android.app.Activity;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Owner.add(new Reader());
    }

    @Override
    protected void onStart() {
        super.onStart();
        Owner.started(this);
    }
}
