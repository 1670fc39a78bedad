package android.app.job;

/** What API 17 lacks; compiled against, never shipped. */
public class JobParameters { }
