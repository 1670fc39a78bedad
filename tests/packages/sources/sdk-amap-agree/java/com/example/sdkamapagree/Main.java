package com.example.sdkamapagree;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import com.amap.api.location.AMapLocationClient;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("同意《隐私政策》？")
            .setPositiveButton("同意", (dialog, which) ->
                AMapLocationClient.updatePrivacyAgree(this, true)).show();
    }
}
