package android.service.notification;

/** What API 17 lacks; compiled against, never shipped. */
public abstract class NotificationListenerService extends android.app.Service {
    public void onNotificationPosted(StatusBarNotification posted) { }

    public StatusBarNotification[] getActiveNotifications() {
        return null;
    }

    @Override
    public android.os.IBinder onBind(android.content.Intent intent) {
        return null;
    }
}
