package com.example.guardpicksclass;

import android.content.Context;

interface Source {
    String id(Context context);
}
