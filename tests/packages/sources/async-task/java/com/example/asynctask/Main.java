package com.example.asynctask;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Load(this).execute("now");
        Log.i("main", new Spare(this).toString());
    }
}
