package com.example.rtaneverinstantiated;

import android.content.Context;

class Memory implements Store {
    @Override
    public String load(Context context) {
        return "";
    }
}
