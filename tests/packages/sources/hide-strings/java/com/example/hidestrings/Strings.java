package com.example.hidestrings;

/** Undoes a key that changes with every character. */
final class Strings {
    private Strings() { }

    static String of(String hidden) {
        char[] shown = hidden.toCharArray();
        int key = 0x5a;
        for (int at = 0; at < shown.length; at++) {
            shown[at] = (char) (shown[at] ^ key);
            key = (key * 31 + at) & 0x7f;
        }
        return new String(shown);
    }
}
