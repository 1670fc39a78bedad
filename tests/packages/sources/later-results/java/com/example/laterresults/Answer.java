package com.example.laterresults;

interface Answer<T> {
    void good(T value);

    void bad(Exception error);
}
