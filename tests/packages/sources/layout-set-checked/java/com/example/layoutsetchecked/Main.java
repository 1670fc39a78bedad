package com.example.layoutsetchecked;

import android.app.Activity;
import android.os.Bundle;
import android.widget.CheckBox;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.login);
        CheckBox agree = (CheckBox) findViewById(R.id.agree);
        agree.setChecked(true);
        CheckBox wifi = (CheckBox) findViewById(R.id.wifi);
        wifi.setChecked(true);
        CheckBox news = (CheckBox) findViewById(R.id.news);
        news.setChecked(false);
    }
}
