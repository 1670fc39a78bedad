package com.example.partnotificationlistener;

import android.service.notification.NotificationListenerService;
import android.service.notification.StatusBarNotification;
import android.util.Log;

public class Reader extends NotificationListenerService {
    @Override
    public void onNotificationPosted(StatusBarNotification posted) {
        Log.i("reader", posted.getPackageName() + posted.getNotification().tickerText);
    }
}
