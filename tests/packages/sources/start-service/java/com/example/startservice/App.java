package com.example.startservice;

import android.app.Application;
import android.content.ComponentName;
import android.content.Intent;
import android.content.ServiceConnection;
import android.net.wifi.WifiManager;
import android.os.IBinder;
import android.util.Log;

public class App extends Application implements ServiceConnection {
    @Override
    public void onCreate() {
        super.onCreate();
        startService(new Intent(this, Started.class));
        bindService(new Intent().setClassName(this, "com.example.startservice.Bound"), this, 1);
    }

    @Override
    public void onServiceConnected(ComponentName name, IBinder binder) {
        Log.i("app", ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getSSID());
    }

    @Override
    public void onServiceDisconnected(ComponentName name) { }
}
