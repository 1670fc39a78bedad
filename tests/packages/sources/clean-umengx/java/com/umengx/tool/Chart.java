package com.umengx.tool;

class Chart {
    int sum(int[] values) {
        int total = 0;
        for (int one : values) {
            total += one;
        }
        return total;
    }

    @Override
    public String toString() {
        return "Chart 0";
    }
}
