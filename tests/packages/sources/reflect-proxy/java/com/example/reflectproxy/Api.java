package com.example.reflectproxy;

public interface Api {
    String fetch();
}
