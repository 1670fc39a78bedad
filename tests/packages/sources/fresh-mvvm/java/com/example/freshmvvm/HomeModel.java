package com.example.freshmvvm;

class HomeModel {
    final Live<String> state = new Live<>();
    private final Repository repository;

    HomeModel(Repository repository) {
        this.repository = repository;
        state.set(repository.anonymous());
    }

    void accept() {
        state.set(repository.identity());
    }

    void recommend() {
        state.set(repository.neighbours());
    }
}
