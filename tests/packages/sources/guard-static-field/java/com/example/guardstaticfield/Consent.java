package com.example.guardstaticfield;

final class Consent {
    static boolean agreed;
}
