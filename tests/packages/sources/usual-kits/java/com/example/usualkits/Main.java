package com.example.usualkits;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (getSharedPreferences("p", 0).getInt("user_agreement_state", 0) != 1) {
            new AlertDialog.Builder(this).setMessage("请同意《用户协议》《隐私政策》")
                .setPositiveButton("同意", (dialog, which) -> agreed())
                .setNegativeButton("不同意", (dialog, which) -> System.exit(0)).show();
        }
    }

    private void agreed() {
        getSharedPreferences("p", 0).edit().putInt("user_agreement_state", 1).apply();
        SdkManager.init(getApplicationContext());
    }
}
