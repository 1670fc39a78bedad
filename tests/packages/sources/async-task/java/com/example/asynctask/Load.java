package com.example.asynctask;

import android.content.Context;
import android.os.AsyncTask;
import android.provider.Settings;
import android.telephony.TelephonyManager;
import android.util.Log;

class Load extends AsyncTask<String, Void, String> {
    private final Context context;

    Load(Context context) {
        this.context = context;
    }

    @Override
    protected void onPreExecute() {
        Log.i("load", Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }

    @Override
    protected String doInBackground(String... given) {
        return ((TelephonyManager) context.getSystemService("phone")).getDeviceId();
    }

    @Override
    protected void onPostExecute(String result) {
        Log.i("load", ((TelephonyManager) context.getSystemService("phone")).getSubscriberId());
    }
}
