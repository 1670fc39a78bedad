package com.example.screensvariants;

import android.app.AlertDialog;
import android.content.Context;

/** Tells by one value which button was tapped. */
final class Asking {
    interface Answer {
        void answered(boolean agreed);
    }

    private Asking() { }

    static void privacy(Context context, Answer answer) {
        new AlertDialog.Builder(context).setTitle("隐私政策")
            .setPositiveButton(R.string.yes, (dialog, which) -> answer.answered(true))
            .setNegativeButton(R.string.no, (dialog, which) -> answer.answered(false)).show();
    }
}
