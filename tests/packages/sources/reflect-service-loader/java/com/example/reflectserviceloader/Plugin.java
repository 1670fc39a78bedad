package com.example.reflectserviceloader;

import android.content.Context;

public interface Plugin {
    void start(Context context);
}
