package com.example.todo;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;

/** The lists; a place for a reminder is chosen by a button. */
public class Lists extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button place = new Button(this);
        place.setOnClickListener((View view) -> startActivity(new Intent(this, Place.class)));
        setContentView(place);
    }
}
