package com.example.laterresults;

import android.content.Context;

final class SmallWork implements Work<String> {
    private final Context context;

    SmallWork(Context context) {
        this.context = context;
    }

    @Override
    public String take() {
        return android.provider.Settings.Secure.getString(context.getContentResolver(), "android_id");
    }
}
