package androidx.fragment.app;

import android.content.Context;
import android.os.Bundle;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class Fragment {
    private FragmentActivity host;

    final void attach(FragmentActivity activity) {
        host = activity;
        onAttach(activity);
        onCreate(null);
    }

    public final FragmentActivity requireActivity() {
        return host;
    }

    public void onAttach(Context context) { }

    public void onCreate(Bundle state) { }

    public void onResume() { }
}
