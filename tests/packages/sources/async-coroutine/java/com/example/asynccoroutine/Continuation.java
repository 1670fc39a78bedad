package com.example.asynccoroutine;

abstract class Continuation implements Runnable {
    protected int label;

    abstract Object invokeSuspend(Object result);

    @Override
    public void run() {
        invokeSuspend(null);
    }
}
