package com.example.usualguards;

public final class BuildConfig {
    public static final boolean DEBUG = Boolean.parseBoolean("true");

    private BuildConfig() { }
}
