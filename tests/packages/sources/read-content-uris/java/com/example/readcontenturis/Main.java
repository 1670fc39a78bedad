package com.example.readcontenturis;

import android.app.Activity;
import android.net.Uri;
import android.os.Bundle;
import android.provider.CalendarContract;
import android.provider.CallLog;
import android.provider.ContactsContract;

public class Main extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        contacts();
        phones();
        messages();
        calls();
        dates();
        own();
    }

    private void contacts() {
        Uri uri = Uri.parse("content://com.android.contacts/contacts");
        getContentResolver().query(uri, null, null, null, null);
    }

    private void phones() {
        getContentResolver().query(
            ContactsContract.CommonDataKinds.Phone.CONTENT_URI, null, null, null, null);
    }

    private void messages() {
        getContentResolver().query(Uri.parse("content://sms/inbox"), null, null, null, null);
    }

    private void calls() {
        getContentResolver().query(CallLog.Calls.CONTENT_URI, null, null, null, null);
    }

    private void dates() {
        getContentResolver().query(CalendarContract.Events.CONTENT_URI, null, null, null, null);
    }

    private void own() {
        Uri uri = Uri.parse("content://com.example.readcontenturis.notes/1");
        getContentResolver().query(uri, null, null, null, null);
    }
}
