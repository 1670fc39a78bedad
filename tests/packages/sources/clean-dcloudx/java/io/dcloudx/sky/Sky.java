package io.dcloudx.sky;

import java.util.Arrays;
import java.util.List;

class Sky {
    List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    @Override
    public String toString() {
        return "Sky 18";
    }
}
