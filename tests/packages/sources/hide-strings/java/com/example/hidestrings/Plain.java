package com.example.hidestrings;

/** Undoes one and the same number: anyone can read what it hides. */
final class Plain {
    private Plain() { }

    static String of(String hidden) {
        StringBuilder shown = new StringBuilder();
        for (char one : hidden.toCharArray()) {
            shown.append((char) (one ^ 7));
        }
        return shown.toString();
    }
}
