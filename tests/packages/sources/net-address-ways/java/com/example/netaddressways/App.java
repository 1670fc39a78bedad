package com.example.netaddressways;

import android.app.Application;
import android.content.Intent;
import android.net.Uri;
import android.util.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;

public class App extends Application {
    private static String base = "http://field.example.com";
    private static final String[] PARTS = {"org.example.tool", "1.2.3.4", "data.json", "os.name"};

    @Override
    public void onCreate() {
        super.onCreate();
        try {
            String id = getPackageName();
            StringBuilder text = new StringBuilder();
            text.append("http://builder.example.com/");
            text.append(id);
            text.append("/x");
            open(text.toString());
            open(base + "/v1?id=" + id);
            new URL(String.format("http://format.example.com/%s", id)).openConnection().connect();
            new URL(answered() + id).openConnection().connect();
            new URL(getSharedPreferences("app", 0).getString("server", "http://stored.example.com/"))
                .openConnection().connect();
            new URL("http://127.0.0.1:8080/status").openConnection().connect();
            new Socket().connect(new InetSocketAddress("push.example.com", 443));
        } catch (IOException error) {
            Log.i("app", PARTS[0] + PARTS[1] + PARTS[2] + PARTS[3]);
        }
        startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse("http://browser.example.com/help")));
    }

    private static String answered() {
        return "http://answer.example.com/";
    }

    private static void open(String address) throws IOException {
        new URL(address).openConnection().connect();
    }
}
