package com.example.freshbus;

final class Agreed { }
