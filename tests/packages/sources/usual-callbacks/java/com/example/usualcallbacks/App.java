package com.example.usualcallbacks;

import android.app.Application;
import android.content.IntentFilter;
import android.os.HandlerThread;
import android.os.Looper;
import java.util.Timer;

public class App extends Application {
    static boolean agreed;

    @Override
    public void onCreate() {
        super.onCreate();
        agreed = getSharedPreferences("app", MODE_PRIVATE).getBoolean("user_protocol_agreed", false);
        registerActivityLifecycleCallbacks(new Foreground());
        registerReceiver(new NetReceiver(), new IntentFilter("android.net.conn.CONNECTIVITY_CHANGE"));
        HandlerThread thread = new HandlerThread("report");
        thread.start();
        new ReportHandler(thread.getLooper()).sendEmptyMessageDelayed(1, 500);
        new Timer().schedule(new Heartbeat(this), 1000, 60000);
        Looper.myQueue().addIdleHandler(new Idle(this));
    }
}
