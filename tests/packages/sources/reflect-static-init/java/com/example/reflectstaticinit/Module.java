package com.example.reflectstaticinit;

import android.content.Context;

public interface Module {
    void start(Context context);
}
