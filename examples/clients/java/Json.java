import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As much JSON (RFC 8259) as the client needs; where you have a library, use that. 够用的 JSON，有类库时请用类库。
 *
 * <p>Objects are maps, arrays lists, numbers {@code Double}; what is no JSON is an {@code
 * IllegalArgumentException}. 对象读作 Map，数组读作 List，数字读作 Double。
 */
public final class Json {
    private static final int DEEPEST = 64;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** Return the value that a text stands for. */
    public static Object read(String text) {
        Json reader = new Json(text);
        Object value = reader.value();
        if (reader.next() != '\0') {
            throw reader.wrong();
        }
        return value;
    }

    /** Return a value as an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Object value) {
        if (!(value instanceof Map)) {
            throw new IllegalArgumentException("no object");
        }
        return (Map<String, Object>) value;
    }

    /** Return a value as text: maps, lists, texts, numbers, booleans and null. */
    public static String written(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String between = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(between);
                write(entry.getKey(), out);
                out.append(':');
                write(entry.getValue(), out);
                between = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String between = "[";
            for (Object one : list) {
                out.append(between);
                write(one, out);
                between = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            out.append('"');
            for (char c : string.toCharArray()) {
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < ' ') {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("no JSON: " + value.getClass());
        }
    }

    private Object value() {
        if (++depth > DEEPEST) {
            throw wrong();
        }
        Object found = switch (next()) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
        depth--;
        return found;
    }

    private Map<String, Object> members() {
        Map<String, Object> found = new LinkedHashMap<>();
        take('{');
        while (next() != '}') {
            if (!found.isEmpty()) {
                take(',');
            }
            String name = string();
            take(':');
            found.put(name, value());
        }
        take('}');
        return found;
    }

    private List<Object> elements() {
        List<Object> found = new ArrayList<>();
        take('[');
        while (next() != ']') {
            if (!found.isEmpty()) {
                take(',');
            }
            found.add(value());
        }
        take(']');
        return found;
    }

    private String string() {
        take('"');
        StringBuilder found = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            found.append(c == '\\' ? escaped() : c);
        }
        take('"');
        return found.toString();
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : '\0';
        if (c == 'u' && at + 4 <= text.length()) {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int place = "\"\\/bfnrt".indexOf(c);
        if (place < 0) {
            throw wrong();
        }
        return "\"\\/\b\f\n\r\t".charAt(place);
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Double.valueOf(text.substring(start, at));
    }

    private Object word(String word, Object meaning) {
        if (!text.startsWith(word, at)) {
            throw wrong();
        }
        at += word.length();
        return meaning;
    }

    private char next() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void take(char expected) {
        if (next() != expected) {
            throw wrong();
        }
        at++;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no JSON at " + at);
    }
}
