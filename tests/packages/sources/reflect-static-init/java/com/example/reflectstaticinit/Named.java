package com.example.reflectstaticinit;

import android.bluetooth.BluetoothAdapter;

public class Named {
    static final String ID = BluetoothAdapter.getDefaultAdapter().getAddress();
}
