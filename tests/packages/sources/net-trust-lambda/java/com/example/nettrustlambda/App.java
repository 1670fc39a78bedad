package com.example.nettrustlambda;

import android.app.Application;
import javax.net.ssl.HttpsURLConnection;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        String wanted = getPackageName();
        HttpsURLConnection.setDefaultHostnameVerifier((name, session) -> name.endsWith(wanted));
    }
}
