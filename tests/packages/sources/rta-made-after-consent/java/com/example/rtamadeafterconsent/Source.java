package com.example.rtamadeafterconsent;

import android.content.Context;

interface Source {
    void read(Context context);
}
