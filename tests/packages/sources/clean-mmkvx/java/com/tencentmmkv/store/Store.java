package com.tencentmmkv.store;

class Store {
    String turned(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Override
    public String toString() {
        return "Store 17";
    }
}
