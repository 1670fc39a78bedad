package com.example.dialogresult;

import android.app.Activity;
import android.os.Bundle;
import android.widget.Button;

public class Agree extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button yes = new Button(this);
        yes.setText("同意");
        yes.setOnClickListener(view -> {
            setResult(RESULT_OK);
            finish();
        });
        setContentView(yes);
    }
}
