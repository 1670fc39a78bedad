package com.bunmi.bakery;

class Bread {
    int sum(int[] values) {
        int total = 0;
        for (int one : values) {
            total += one;
        }
        return total;
    }

    @Override
    public String toString() {
        return "Bread 12";
    }
}
