package com.example.asyncobservers;

import android.app.Activity;
import android.os.Bundle;

public class Main extends Activity {
    private final Value<String> city = new Value<>();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        city.observe(new Reads(this));
        city.set("Hangzhou");
    }
}
