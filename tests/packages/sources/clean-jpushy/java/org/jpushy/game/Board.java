package org.jpushy.game;

class Board {
    String turned(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Override
    public String toString() {
        return "Board 1";
    }
}
