package com.example.setexported;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

public class Work extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
