package com.example.screensvariants;

import android.content.Context;
import android.util.AttributeSet;
import android.widget.CheckBox;

/** A box of the app's own. */
public class Tick extends CheckBox {
    public Tick(Context context, AttributeSet set) {
        super(context, set);
    }
}
