package com.example.guardpicksclass;

import android.content.Context;

class Empty implements Source {
    @Override
    public String id(Context context) {
        return "";
    }
}
