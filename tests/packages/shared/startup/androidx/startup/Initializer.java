package androidx.startup;

import android.content.Context;
import java.util.List;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public interface Initializer<T> {
    T create(Context context);

    List<Class<? extends Initializer<?>>> dependencies();
}
