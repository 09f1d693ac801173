package bolide.compatibility.driver;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the driver's output: a word, then named values as a flat JSON object of strings, or
 * plain text.
 *
 * @param word what the line is about: {@code sent}, {@code message}, {@code at}, {@code ok} …
 * @param values by name, in the order of the line; a plain text stands under {@code text}
 */
public record Report(String word, Map<String, String> values) {
    private static final String TEXT = "text";

    /** A report of the given names and values, in turn. */
    public static Report of(String word, Object... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i].toString(), String.valueOf(namesAndValues[i + 1]));
        }
        return new Report(word, values);
    }

    /** A report of plain text. */
    public static Report plain(String word, String text) {
        return of(word, TEXT, text);
    }

    /** The report that {@link #line} wrote. */
    public static Report parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return new Report(line, Map.of());
        }
        String word = line.substring(0, space);
        String rest = line.substring(space + 1);
        return rest.startsWith("{")
                ? new Report(word, new Parser(rest).object())
                : plain(word, rest);
    }

    /** The value of that name, which must be there. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " in " + this);
        }
        return value;
    }

    /** The plain text of this report. */
    public String text() {
        return text(TEXT);
    }

    /** The value of that name as a number. */
    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /**
     * This report as one line without its end: ASCII only, so that no platform's encoding matters.
     */
    public String line() {
        StringBuilder line = new StringBuilder(word).append(' ');
        if (values.size() == 1 && values.containsKey(TEXT)) {
            return line.append(text().replace('\n', ' ').replace('\r', ' ')).toString();
        }
        line.append('{');
        values.forEach((name, value) -> {
            line.append(line.charAt(line.length() - 1) == '{' ? "" : ",");
            quote(name, line);
            quote(value, line.append(':'));
        });
        return line.append('}').toString();
    }

    private static void quote(String text, StringBuilder line) {
        line.append('"');
        for (char c : text.toCharArray()) {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    /** Reads what {@link #line} writes, and nothing more of JSON. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Map<String, String> object() {
            Map<String, String> values = new LinkedHashMap<>();
            expect('{');
            while (text.charAt(at) != '}') {
                if (!values.isEmpty()) {
                    expect(',');
                }
                String name = string();
                expect(':');
                values.put(name, string());
            }
            return values;
        }

        private String string() {
            StringBuilder string = new StringBuilder();
            expect('"');
            while (text.charAt(at) != '"') {
                if (text.charAt(at) == '\\') {
                    string.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
                    at += 6;
                } else {
                    string.append(text.charAt(at++));
                }
            }
            at++;
            return string.toString();
        }

        private void expect(char c) {
            if (text.charAt(at) != c) {
                throw new IllegalArgumentException("no " + c + " at " + at + " of " + text);
            }
            at++;
        }
    }
}
