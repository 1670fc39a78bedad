package com.example.laterresults;

interface Work<T> {
    T take() throws Exception;
}
