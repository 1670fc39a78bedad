package com.megviix.eye;

class Eye {
    String turned(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Override
    public String toString() {
        return "Eye 13";
    }
}
