package com.tencent.mmkv;

import android.content.Context;
import java.util.HashMap;
import java.util.Map;

/** Test stub of our own under the name of a published kit; nothing of the kit is in it. */
public class MMKV {
    private static final MMKV DEFAULT = new MMKV();
    private final Map<String, Boolean> kept = new HashMap<>();

    public static String initialize(Context context) {
        return context.getFilesDir().getPath();
    }

    public static MMKV defaultMMKV() {
        return DEFAULT;
    }

    public boolean decodeBool(String key, boolean otherwise) {
        Boolean value = kept.get(key);
        return value == null ? otherwise : value;
    }

    public boolean getBoolean(String key, boolean otherwise) {
        return decodeBool(key, otherwise);
    }

    public boolean encode(String key, boolean value) {
        kept.put(key, value);
        return true;
    }
}
