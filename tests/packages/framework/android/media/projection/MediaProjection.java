package android.media.projection;

/** What API 17 lacks; compiled against, never shipped. */
public final class MediaProjection {
    public Object createVirtualDisplay(String name, int width, int height, int dpi) {
        return null;
    }
}
