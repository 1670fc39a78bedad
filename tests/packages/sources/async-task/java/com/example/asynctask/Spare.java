package com.example.asynctask;

import android.content.Context;
import android.os.AsyncTask;
import android.telephony.TelephonyManager;

class Spare extends AsyncTask<String, Void, String> {
    private final Context context;

    Spare(Context context) {
        this.context = context;
    }

    @Override
    protected String doInBackground(String... given) {
        return ((TelephonyManager) context.getSystemService("phone")).getSimSerialNumber();
    }
}
