package com.getuix.kit;

class Kit {
    String turned(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Override
    public String toString() {
        return "Kit 5";
    }
}
