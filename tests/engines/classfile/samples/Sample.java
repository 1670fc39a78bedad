package sample;

import java.util.function.Supplier;

/** Built with `javac --release 17 -g:none -d . Sample.java` in this folder. */
class Sample extends Base implements Greets {
    static final String URL = "http://example.com/";
    static final int LAYOUT = 0x7f030001;
    private long total;
    private Object held;
    static String last;

    Sample(long start) {
        super("base");
        total = start;
    }

    private void own() {
        held = null;
    }

    @Override
    public String greet(String name) {
        return Greets.super.greet(name) + ", " + total + " times";
    }

    @Override
    void run(int kind, long amount, double rate) {
        super.run(kind, amount, rate);
        own();
        total += amount;
        last = String.valueOf(rate);
    }

    Supplier<String> later(String text) {
        return () -> text.trim();
    }

    Supplier<Object> maker() {
        return Object::new;
    }

    int chosen(int key) {
        switch (key) {
            case 1: return 10;
            case 2: return 20;
            case 3: return 30;
            default: break;
        }
        switch (key) {
            case 1000: return inflate(0x7f030001);
            case -5: return 3;
            default: return 4;
        }
    }

    static int inflate(int layout) {
        return layout;
    }

    static String caught(boolean no) {
        try {
            return pick("inside", !no);
        } catch (RuntimeException error) {
            return described(error);
        }
    }

    static String described(RuntimeException error) {
        return error.getMessage();
    }

    static String pick(String text, boolean yes) {
        return yes ? text : "other";
    }

    Object kinds(Object given) {
        Object[] many = new Sample[2];
        int[][] grid = new int[3][4];
        byte[] bytes = new byte[8];
        many[0] = given instanceof String ? (String) given : Sample.class;
        return many.length + grid.length + bytes.length;
    }

    long chained() {
        return total = counted(total++);
    }

    static long counted(long value) {
        return value ^ 1L;
    }
}

class Base {
    Base(String name) {
        name.length();
    }

    void run(int kind, long amount, double rate) {
    }
}

interface Greets {
    default String greet(String name) {
        return "hello " + name;
    }
}
