package com.example.actsvariants;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;

public class Wake extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        context.startService(new Intent(context, Opens.class));
    }
}
