package com.example.nethttpliteral;

import android.app.Application;
import android.util.Log;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;

public class App extends Application {
    private static final String SPACE = "http://www.w3.org/2000/svg";

    @Override
    public void onCreate() {
        super.onCreate();
        try {
            HttpURLConnection used = (HttpURLConnection) new URL("http://api.example.com/v1").openConnection();
            used.connect();
            new URL("https://safe.example.com/v1").openConnection().connect();
        } catch (IOException error) {
            Log.i("app", SPACE);
        }
        Log.i("app", "see http://help.example.org/faq");
    }
}
