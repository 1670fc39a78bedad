package androidx.fragment.app;

import android.app.Activity;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class FragmentActivity extends Activity {
    private final FragmentManager fragments = new FragmentManager(this);

    public FragmentManager getSupportFragmentManager() {
        return fragments;
    }

    @Override
    protected void onResume() {
        super.onResume();
        fragments.resume();
    }
}
