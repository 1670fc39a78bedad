package com.example.nettrustlambda;

import javax.net.ssl.HttpsURLConnection;

final class Later {
    private Later() { }

    static void open() {
        HttpsURLConnection.setDefaultHostnameVerifier((name, session) -> true);
    }
}
