package com.mobius.strip;

class Strip {
    int sum(int[] values) {
        int total = 0;
        for (int one : values) {
            total += one;
        }
        return total;
    }

    @Override
    public String toString() {
        return "Strip 4";
    }
}
