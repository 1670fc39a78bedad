package com.example.startandroidxfragment;

import android.os.Bundle;
import androidx.appcompat.app.AppCompatActivity;

public class Main extends AppCompatActivity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        getSupportFragmentManager().add(new Home());
    }
}
