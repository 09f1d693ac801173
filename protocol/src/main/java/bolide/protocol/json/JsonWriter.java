package bolide.protocol.json;

/**
 * Writes JSON as text. The caller keeps the order of calls legal: a name before each value of an
 * object. Not for several threads.
 */
public final class JsonWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256);
    private boolean first = true;

    /** A writer that has written nothing. */
    public JsonWriter() {}

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    public JsonWriter name(String name) {
        comma();
        quote(name);
        out.append(':');
        first = true; // no comma between a name and its value
        return this;
    }

    /** A number as key without quotes, which is what Apache's peers write and older ones expect. */
    public JsonWriter bareName(long name) {
        comma();
        out.append(name).append(':');
        first = true;
        return this;
    }

    public JsonWriter value(String value) {
        comma();
        quote(value);
        return this;
    }

    public JsonWriter value(long value) {
        comma();
        out.append(value);
        return this;
    }

    public JsonWriter value(boolean value) {
        comma();
        out.append(value);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private JsonWriter open(char bracket) {
        comma();
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String text) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || isAlone(text, i)) {
                out.append(text, written, i);
                escape(c);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    /**
     * @return whether a surrogate stands there without its other half
     */
    private static boolean isAlone(String text, int i) {
        return Character.isSurrogate(text.charAt(i)) && !pairedAt(text, i);
    }

    private static boolean pairedAt(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX[c >> shift & 0xF]);
                }
            }
        }
    }
}
