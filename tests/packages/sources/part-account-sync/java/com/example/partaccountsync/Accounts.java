package com.example.partaccountsync;

import android.accounts.AccountManager;
import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.util.Log;

public class Accounts extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        Log.i("accounts", String.valueOf(AccountManager.get(this).getAccounts().length));
        return null;
    }
}
