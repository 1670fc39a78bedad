package com.example.usualcallbacks;

import android.os.Handler;
import android.os.Looper;
import android.os.Message;
import android.util.Log;

class ReportHandler extends Handler {
    ReportHandler(Looper looper) {
        super(looper);
    }

    @Override
    public void handleMessage(Message message) {
        switch (message.what) {
            case 1:
                Log.i("read", Foreground.last.getPackageManager().getInstalledPackages(0).toString());
                break;
            default:
                super.handleMessage(message);
        }
    }
}
