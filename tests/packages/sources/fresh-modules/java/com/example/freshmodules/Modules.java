package com.example.freshmodules;

import android.content.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

final class Modules {
    private static final List<Module> ALL = new ArrayList<>();

    private Modules() { }

    static void load(Context context) {
        for (Module one : ServiceLoader.load(Module.class)) {
            ALL.add(one);
        }
        for (Module one : ALL) {
            one.init(context);
        }
    }

    static void agreed(Context context) {
        for (Module one : ALL) {
            one.onPrivacyAgreed(context);
        }
    }
}
