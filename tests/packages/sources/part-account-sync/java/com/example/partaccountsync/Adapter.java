package com.example.partaccountsync;

import android.accounts.Account;
import android.content.AbstractThreadedSyncAdapter;
import android.content.ContentProviderClient;
import android.content.Context;
import android.content.SyncResult;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Log;

class Adapter extends AbstractThreadedSyncAdapter {
    Adapter(Context context) {
        super(context, true);
    }

    @Override
    public void onPerformSync(
            Account account, Bundle extras, String authority, ContentProviderClient client,
            SyncResult result) {
        Log.i("adapter", Settings.Secure.getString(getContext().getContentResolver(), "android_id"));
    }
}
