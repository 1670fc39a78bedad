package com.example.actsvariants;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

public class Opens extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Intent scan = new Intent(this, Scan.class);
        scan.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
        startActivity(scan);
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
