package org.androidx2.agoo;

class Agoo {
    int sum(int[] values) {
        int total = 0;
        for (int one : values) {
            total += one;
        }
        return total;
    }

    @Override
    public String toString() {
        return "Agoo 16";
    }
}
