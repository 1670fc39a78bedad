package com.example.freshlambdas;

import android.content.Context;

final class Merged implements Runnable {
    private final int classId;
    private final Context context;

    Merged(int classId, Context context) {
        this.classId = classId;
        this.context = context;
    }

    @Override
    public void run() {
        switch (classId) {
            case 0:
                Ids.list(context);
                return;
            default:
                Ids.sim(context);
        }
    }
}
