package android.os;

/** What we read of it, newer methods too; compiled against, never shipped. */
public class Build {
    public static final String SERIAL = null;
    public static final String MODEL = null;
    public static final String BRAND = null;

    public static String getSerial() {
        return null;
    }

    /** Version of the system. */
    public static class VERSION {
        public static final int SDK_INT = Integer.parseInt("0");
    }
}
