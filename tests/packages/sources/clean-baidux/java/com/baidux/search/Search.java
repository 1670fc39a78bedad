package com.baidux.search;

import java.util.Arrays;
import java.util.List;

class Search {
    List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    @Override
    public String toString() {
        return "Search 10";
    }
}
