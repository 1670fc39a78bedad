package com.example.readsettingskeyways;

final class Keys {
    static final String FOLDED = "android" + "_id";
    static String field = "android_id";
}
