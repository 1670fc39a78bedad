package android.media.projection;

/** What API 17 lacks; compiled against, never shipped. */
public final class MediaProjectionManager {
    public MediaProjection getMediaProjection(int code, android.content.Intent data) {
        return null;
    }
}
