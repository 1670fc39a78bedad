package cn.jiguangx.light;

class Light {
    int sum(int[] values) {
        int total = 0;
        for (int one : values) {
            total += one;
        }
        return total;
    }

    @Override
    public String toString() {
        return "Light 8";
    }
}
