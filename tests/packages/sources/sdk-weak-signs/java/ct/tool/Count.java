package ct.tool;

public final class Count {
    private Count() { }

    public static int of(String text) {
        return text.length();
    }
}
