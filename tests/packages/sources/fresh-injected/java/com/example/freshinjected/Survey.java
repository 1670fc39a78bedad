package com.example.freshinjected;

import android.content.Context;
import android.util.Log;

public class Survey {
    Survey(Context context) {
        Log.i("survey", context.getPackageManager().getInstalledPackages(0).toString());
    }
}
