package com.example.freshmodules;

import android.content.Context;

public interface Module {
    void init(Context context);

    void onPrivacyAgreed(Context context);
}
