package com.example.laterstates;

import android.content.Context;
import android.util.Log;

final class Waiting implements State {
    @Override
    public void enter(Context context) {
        Log.i("state", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
