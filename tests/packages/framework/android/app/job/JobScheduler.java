package android.app.job;

/** What API 17 lacks; compiled against, never shipped. */
public abstract class JobScheduler {
    public abstract int schedule(JobInfo job);
}
