package com.example.freshbus;

final class Started { }
