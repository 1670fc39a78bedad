package com.buglyfree.notes;

import java.util.Arrays;
import java.util.List;

class Note {
    List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    @Override
    public String toString() {
        return "Note 2";
    }
}
