package com.example.usualprivacymanager;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.util.Log;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        if (PrivacyManager.getInstance().isAgreePrivacy()) {
            load();
            return;
        }
        new AlertDialog.Builder(this).setTitle("隐私政策提示").setMessage("请阅读并同意《隐私政策》")
            .setPositiveButton("同意", (dialog, which) -> {
                PrivacyManager.getInstance().agree();
                load();
            })
            .setNegativeButton("拒绝", (dialog, which) -> finish()).show();
    }

    private void load() {
        Log.i("read", ((android.telephony.TelephonyManager) this.getSystemService("phone")).getSubscriberId());
    }

    @Override
    protected void onResume() {
        super.onResume();
        if (!PrivacyManager.getInstance().isAgreePrivacy()) {
            return;
        }
        Log.i("read", ((android.net.wifi.WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
    }
}
