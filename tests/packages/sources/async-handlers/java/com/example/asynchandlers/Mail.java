package com.example.asynchandlers;

import android.content.Context;
import android.os.Handler;
import android.os.Message;
import android.telephony.TelephonyManager;
import android.util.Log;

class Mail extends Handler {
    private final Context context;

    Mail(Context context) {
        this.context = context;
    }

    @Override
    public void handleMessage(Message message) {
        Log.i("mail", ((TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }
}
