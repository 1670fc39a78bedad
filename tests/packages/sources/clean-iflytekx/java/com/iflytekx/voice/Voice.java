package com.iflytekx.voice;

import java.util.Arrays;
import java.util.List;

class Voice {
    List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    @Override
    public String toString() {
        return "Voice 14";
    }
}
