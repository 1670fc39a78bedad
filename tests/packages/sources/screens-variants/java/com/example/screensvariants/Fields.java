package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;

public class Fields extends Activity implements View.OnClickListener {
    private View agree;
    private View refuse;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.ask);
        agree = findViewById(R.id.agree);
        refuse = findViewById(R.id.refuse);
        agree.setOnClickListener(this);
        refuse.setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        if (view == agree) {
            view.setEnabled(false);
        } else if (view == refuse) {
            leave();
        }
    }

    private void leave() {
        finishAffinity();
    }
}
