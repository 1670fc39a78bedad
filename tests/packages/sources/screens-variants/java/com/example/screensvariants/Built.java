package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;
import android.widget.Button;
import android.widget.CheckBox;
import android.widget.LinearLayout;

public class Built extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout all = new LinearLayout(this);
        CheckBox box = new CheckBox(this);
        box.setText(R.string.agree);
        box.setChecked(true);
        Button no = new Button(this);
        no.setText("不同意");
        no.setOnClickListener(view -> moveTaskToBack(true));
        all.addView(box);
        all.addView(no);
        setContentView(all);
    }
}
