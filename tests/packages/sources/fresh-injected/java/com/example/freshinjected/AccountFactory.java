package com.example.freshinjected;

import android.content.Context;

final class AccountFactory implements Provider<Account> {
    private final Context context;

    AccountFactory(Context context) {
        this.context = context;
    }

    @Override
    public Account get() {
        return new Account(context);
    }
}
