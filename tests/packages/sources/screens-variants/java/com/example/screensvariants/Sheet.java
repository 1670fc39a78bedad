package com.example.screensvariants;

import android.app.Dialog;
import android.content.Context;
import android.os.Bundle;
import android.view.View;
import android.widget.TextView;

/** A dialog for every question of the app. */
class Sheet extends Dialog {
    private String left;
    private View.OnClickListener onLeft;

    Sheet(Context context) {
        super(context);
    }

    Sheet setLeft(String text) {
        left = text;
        return this;
    }

    Sheet setOnLeftClickListener(View.OnClickListener listener) {
        onLeft = listener;
        return this;
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        TextView view = new TextView(getContext());
        view.setText(left);
        view.setOnClickListener(onLeft);
        setContentView(view);
    }
}
