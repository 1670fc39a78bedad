package com.example.latercommands;

import android.content.Context;

interface Command {
    void perform(Context context);
}
