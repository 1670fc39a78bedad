package com.example.usualbaseapplication;

import android.app.Activity;
import android.os.Bundle;

public abstract class BaseActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (needPrivacy() && !((BaseApp) getApplication()).isPrivacyAgreed()) {
            finish();
            return;
        }
        initData();
    }

    protected boolean needPrivacy() {
        return true;
    }

    protected void initData() { }
}
