package com.example.laterstates;

import android.content.Context;

interface State {
    void enter(Context context);
}
