package com.example.freshinjected;

import android.content.Context;

final class SurveyFactory implements Provider<Survey> {
    private final Context context;

    SurveyFactory(Context context) {
        this.context = context;
    }

    @Override
    public Survey get() {
        return new Survey(context);
    }
}
