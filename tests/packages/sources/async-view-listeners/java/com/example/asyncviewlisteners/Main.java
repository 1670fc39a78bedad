package com.example.asyncviewlisteners;

import android.app.Activity;
import android.os.Bundle;
import android.widget.Button;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button view = new Button(this);
        Watch watch = new Watch(this);
        view.getViewTreeObserver().addOnGlobalLayoutListener(watch);
        view.addOnAttachStateChangeListener(watch);
        view.setOnClickListener(new Click(this));
        view.setOnTouchListener(new Touch(this));
        view.setOnLongClickListener(new Hold(this));
        setContentView(view);
    }
}
