package com.example.usualmadebyname;

import android.content.Context;

public interface Module {
    void init(Context context);
}
