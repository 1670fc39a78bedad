package com.tencentx.demo;

import java.util.Arrays;
import java.util.List;

class Demo {
    List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    @Override
    public String toString() {
        return "Demo 6";
    }
}
