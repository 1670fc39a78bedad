package androidx.appcompat.app;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class AppCompatActivity extends androidx.fragment.app.FragmentActivity { }
