package com.example.laterresults;

import android.content.Context;

final class Works {
    private Works() { }

    static Work<String> of(Context context, boolean whole) {
        if (whole) {
            return new WholeWork(context);
        }
        return new SmallWork(context);
    }
}
