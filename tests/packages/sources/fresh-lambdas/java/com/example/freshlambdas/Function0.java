package com.example.freshlambdas;

public interface Function0<R> {
    R invoke();
}
