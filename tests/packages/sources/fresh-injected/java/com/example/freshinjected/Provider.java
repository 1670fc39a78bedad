package com.example.freshinjected;

public interface Provider<T> {
    T get();
}
