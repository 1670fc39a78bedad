package com.example.freshmvvm;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        HomeModel model = new HomeModel(new Repository(getApplicationContext()));
        model.state.observe(this::setTitle);
        new AlertDialog.Builder(this).setMessage("《用户协议》和《隐私政策》")
            .setNegativeButton("不同意", (dialog, which) -> finish())
            .setPositiveButton("同意并继续", (dialog, which) -> model.accept())
            .show();
    }
}
