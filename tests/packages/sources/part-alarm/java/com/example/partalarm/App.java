package com.example.partalarm;

import android.app.AlarmManager;
import android.app.Application;
import android.app.PendingIntent;
import android.content.Intent;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        PendingIntent wake = PendingIntent.getBroadcast(this, 0, new Intent(this, Wake.class), 0);
        AlarmManager alarms = (AlarmManager) getSystemService("alarm");
        alarms.setRepeating(AlarmManager.RTC_WAKEUP, 0, 60000, wake);
    }
}
