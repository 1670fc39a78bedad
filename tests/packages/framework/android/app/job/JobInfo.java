package android.app.job;

/** What API 17 lacks; compiled against, never shipped. */
public class JobInfo {
    /** Its builder. */
    public static final class Builder {
        public Builder(int id, android.content.ComponentName service) { }

        public Builder setPeriodic(long interval) {
            return this;
        }

        public JobInfo build() {
            return null;
        }
    }
}
