package com.example.usualmadebyname;

import android.content.Context;
import java.util.HashMap;
import java.util.Map;

final class Modules {
    private static final Map<String, Module> KNOWN = new HashMap<>();

    static {
        KNOWN.put("device", new DeviceModule());
    }

    private Modules() { }

    static void start(String name, Context context) {
        Module module = KNOWN.get(name);
        if (module != null) {
            module.init(context);
        }
    }
}
