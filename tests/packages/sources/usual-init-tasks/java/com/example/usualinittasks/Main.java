package com.example.usualinittasks;

import android.app.Activity;
import android.os.Bundle;
import android.widget.Button;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button yes = new Button(this);
        yes.setText("同意并进入");
        yes.setOnClickListener(v -> {
            getSharedPreferences("settings", MODE_PRIVATE).edit().putBoolean("k1", true).apply();
            new TaskScheduler().add(new AdTask(this)).start();
        });
        setContentView(yes);
    }
}
