package com.example.hidestrings;

/** As older obfuscators do it: the strings of a class are undone where it is initialised. */
final class Old {
    static final String[] Z = {"a1", "b2", "c3", "d4", "e5", "f6"};

    static {
        for (int at = 0; at < Z.length; at++) {
            char[] shown = Z[at].toCharArray();
            for (int one = 0; one < shown.length; one++) {
                int key = one % 3 == 0 ? 17 : one % 3 == 1 ? 93 : 40;
                shown[one] = (char) (shown[one] ^ key);
            }
            Z[at] = new String(shown).intern();
        }
    }

    private Old() { }
}
