package android.service.notification;

/** What API 17 lacks; compiled against, never shipped. */
public class StatusBarNotification {
    public String getPackageName() {
        return null;
    }

    public android.app.Notification getNotification() {
        return null;
    }
}
