package com.example.wholebadshop;

import android.app.Activity;
import android.os.Bundle;
import android.provider.ContactsContract;

public class Login extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.login);
        getContentResolver().query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
    }
}
