package com.example.screensvariants;

import android.app.Activity;
import android.os.Bundle;

public class Common extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.later);
        Sheet sheet = new Sheet(this);
        sheet.setTitle("隐私政策");
        sheet.setLeft("不同意").setOnLeftClickListener(view -> System.exit(0)).show();
    }
}
