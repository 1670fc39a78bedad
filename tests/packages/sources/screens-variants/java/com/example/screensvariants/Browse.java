package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;

public class Browse extends Activity implements View.OnClickListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.ask);
        findViewById(R.id.agree).setOnClickListener(this);
        findViewById(R.id.refuse).setOnClickListener(this);
    }

    @Override
    public void onClick(View view) {
        switch (view.getId()) {
            case R.id.agree:
                finish();
                break;
            case R.id.refuse:
                setContentView(R.layout.rows);
                break;
            default:
        }
    }
}
