package com.weixinlike.card;

class Card {
    String turned(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    @Override
    public String toString() {
        return "Card 9";
    }
}
