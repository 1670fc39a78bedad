package androidx.fragment.app;

import java.util.ArrayList;
import java.util.List;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class FragmentManager {
    private final List<Fragment> all = new ArrayList<>();
    private final FragmentActivity host;

    FragmentManager(FragmentActivity host) {
        this.host = host;
    }

    public void add(Fragment fragment) {
        all.add(fragment);
        fragment.attach(host);
    }

    void resume() {
        for (Fragment one : all) {
            one.onResume();
        }
    }
}
