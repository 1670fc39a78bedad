package com.example.latercommands;

import android.content.Context;
import android.util.Log;

final class First implements Command {
    @Override
    public void perform(Context context) {
        Log.i("command", android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id"));
    }
}
