package com.example.usualsplashdialog;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.util.Log;

public class SplashActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Log.i("read", android.provider.Settings.Secure.getString(this.getContentResolver(), "android_id"));
        if (!SpUtils.getBoolean(SpUtils.KEY_PRIVACY_AGREE, false)) {
            showPrivacyDialog();
        } else {
            toMain();
        }
    }

    private void showPrivacyDialog() {
        PrivacyDialog dialog = new PrivacyDialog(this);
        dialog.setOnPrivacyListener(new PrivacyDialog.OnPrivacyListener() {
            @Override
            public void onAgree() {
                SpUtils.putBoolean(SpUtils.KEY_PRIVACY_AGREE, true);
                App.getInstance().initSdk();
                toMain();
            }

            @Override
            public void onRefuse() {
                finish();
            }
        });
        dialog.show();
    }

    private void toMain() {
        startActivity(new Intent(this, HomeActivity.class));
        finish();
    }
}
