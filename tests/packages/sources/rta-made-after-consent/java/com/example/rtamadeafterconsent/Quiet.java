package com.example.rtamadeafterconsent;

import android.content.Context;

class Quiet implements Source {
    @Override
    public void read(Context context) { }
}
