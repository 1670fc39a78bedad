package com.example.dialogautoagree;

import android.app.Activity;
import android.os.Bundle;
import android.widget.Button;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button agree = new Button(this);
        agree.setText("同意");
        agree.setOnClickListener(new Agreed(this));
        setContentView(agree);
        agree.performClick();
    }
}
