package com.example.screensvariants;

import android.view.LayoutInflater;
import android.view.View;

/** As the build makes it for a layout. */
final class AskBinding {
    final View root;
    final View agree;
    final View refuse;

    private AskBinding(View root, View agree, View refuse) {
        this.root = root;
        this.agree = agree;
        this.refuse = refuse;
    }

    static AskBinding inflate(LayoutInflater inflater) {
        return bind(inflater.inflate(R.layout.ask, null, false));
    }

    static AskBinding bind(View root) {
        View agree = root.findViewById(R.id.agree);
        View refuse = root.findViewById(R.id.refuse);
        return new AskBinding(root, agree, refuse);
    }
}
