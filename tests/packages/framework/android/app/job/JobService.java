package android.app.job;

/** What API 17 lacks; compiled against, never shipped. */
public abstract class JobService extends android.app.Service {
    public abstract boolean onStartJob(JobParameters parameters);

    public abstract boolean onStopJob(JobParameters parameters);

    @Override
    public android.os.IBinder onBind(android.content.Intent intent) {
        return null;
    }
}
