package com.example.reflectstaticinit;

import android.os.Build;

public class Tracker {
    static final String SERIAL = Build.SERIAL;
}
