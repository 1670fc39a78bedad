package com.example.sdkumengpreinit;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.DialogInterface;
import android.os.Bundle;
import com.umeng.commonsdk.UMConfigure;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new AlertDialog.Builder(this).setMessage("同意《隐私政策》？")
            .setPositiveButton("同意", new DialogInterface.OnClickListener() {
                @Override
                public void onClick(DialogInterface dialog, int which) {
                    UMConfigure.init(Main.this, UMConfigure.DEVICE_TYPE_PHONE, null);
                }
            }).show();
    }
}
