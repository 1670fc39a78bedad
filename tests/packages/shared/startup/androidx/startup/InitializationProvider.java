package androidx.startup;

import android.content.ComponentName;
import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.Context;
import android.content.pm.PackageManager;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class InitializationProvider extends ContentProvider {
    @Override
    public boolean onCreate() {
        Context context = getContext();
        try {
            ComponentName name = new ComponentName(context, InitializationProvider.class);
            Bundle told = context.getPackageManager()
                .getProviderInfo(name, PackageManager.GET_META_DATA).metaData;
            for (String key : told.keySet()) {
                if ("androidx.startup".equals(told.getString(key))) {
                    start(context, Class.forName(key));
                }
            }
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
        return true;
    }

    private static void start(Context context, Class<?> kind) throws Exception {
        Initializer<?> one = (Initializer<?>) kind.getDeclaredConstructor().newInstance();
        for (Class<?> earlier : one.dependencies()) {
            start(context, earlier);
        }
        one.create(context);
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] values, String order) {
        return null;
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        return null;
    }

    @Override
    public int delete(Uri uri, String where, String[] values) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues values, String where, String[] arguments) {
        return 0;
    }
}
