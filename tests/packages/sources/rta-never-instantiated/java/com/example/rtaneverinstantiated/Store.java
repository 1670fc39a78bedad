package com.example.rtaneverinstantiated;

import android.content.Context;

interface Store {
    String load(Context context);
}
