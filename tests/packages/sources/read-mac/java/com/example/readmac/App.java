package com.example.readmac;

import android.app.Application;
import android.net.wifi.WifiManager;
import android.util.Log;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.net.NetworkInterface;

public class App extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        Log.i("app", ((WifiManager) this.getSystemService("wifi")).getConnectionInfo().getMacAddress());
        try {
            shell();
            file();
            Log.i("app", String.valueOf(card()));
        } catch (IOException error) {
            Log.i("app", "none");
        }
    }

    private void shell() throws IOException {
        Runtime.getRuntime().exec("cat /sys/class/net/wlan0/address");
    }

    private void file() throws IOException {
        BufferedReader reader = new BufferedReader(new FileReader("/sys/class/net/eth0/address"));
        Log.i("app", reader.readLine());
    }

    private byte[] card() throws IOException {
        return NetworkInterface.getByName("wlan0").getHardwareAddress();
    }

    void other() throws IOException {
        Runtime.getRuntime().exec("ls");
    }
}
