package com.example.guardfieldsetearly;

final class Consent {
    static boolean agreed = true;
    static boolean accepted;
}
