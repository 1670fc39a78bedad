package com.example.freshinjected;

import android.content.Context;

final class Component {
    final Provider<Tracker> tracker;
    final Provider<Account> account;
    final Provider<Survey> survey;

    Component(Context context) {
        tracker = Once.of(new TrackerFactory(context));
        account = Once.of(new AccountFactory(context));
        survey = Once.of(new SurveyFactory(context));
    }
}
