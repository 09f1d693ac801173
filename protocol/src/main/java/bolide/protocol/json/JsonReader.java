package bolide.protocol.json;

import bolide.protocol.text.AsciiText;
import bolide.protocol.text.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from UTF-8 bytes, value by value, in the dialect that RocketMQ's peers write: besides
 * the standard it takes bare numbers and whole objects as map keys. Total: any bytes give values or
 * a {@link JsonException}. Not for several threads.
 *
 * <p>Inside an object call {@link #hasNext}, {@link #nextName} and one value method in turn; inside
 * an array {@link #hasNext} and one value method.
 */
public final class JsonReader {
    private static final int LONGEST_NUMBER = 40;
    private static final char ESCAPE = '\\';

    private final byte[] text;
    private final int end;
    private final int maxDepth;
    private int at;
    private int depth;
    private int placeFrom;
    private int placeTo;
    private boolean afterValue; // a comma or a closing bracket has to come before the next value

    /**
     * @param utf8 the text from position to limit; its position is left as it is
     * @param maxDepth how deep objects and arrays may be nested
     */
    public JsonReader(ByteBuffer utf8, int maxDepth) {
        if (utf8.hasArray()) {
            this.text = utf8.array();
            this.at = utf8.arrayOffset() + utf8.position();
            this.end = at + utf8.remaining();
        } else {
            this.text = new byte[utf8.remaining()];
            utf8.get(utf8.position(), text);
            this.end = text.length;
        }
        this.maxDepth = maxDepth;
    }

    /**
     * @throws JsonException when no object comes next, or one nested too deep
     */
    public void beginObject() {
        open('{');
    }

    /**
     * @throws JsonException when the object does not end here
     */
    public void endObject() {
        close('}');
    }

    /**
     * @throws JsonException when no array comes next, or one nested too deep
     */
    public void beginArray() {
        open('[');
    }

    /**
     * @throws JsonException when the array does not end here
     */
    public void endArray() {
        close(']');
    }

    /**
     * @return whether the object or array that is being read has another entry
     */
    public boolean hasNext() {
        int c = peek();
        if (c == '}' || c == ']') {
            return false;
        }
        if (afterValue) {
            if (c != ',') {
                throw unexpected("',' or a closing bracket");
            }
            at++;
            afterValue = false;
            c = peek();
            if (c == '}' || c == ']') { // peers accept a comma after the last entry
                return false;
            }
        }
        return true;
    }

    /**
     * @return the next entry's key; of a key that is itself an object, its source text
     * @throws JsonException when there is no key with a colon behind it
     */
    public String nextName() {
        int c = peek();
        String name;
        if (isQuote(c)) {
            name = string();
        } else if (c == '{') {
            name = source();
        } else {
            int from = at;
            skipBare();
            name = new String(text, from, at - from, StandardCharsets.US_ASCII);
        }
        colon();
        return name;
    }

    /**
     * @return whether the next value is null; if so it has been read
     */
    public boolean nextIsNull() {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /**
     * @return whether the next value is an object; nothing is read
     */
    public boolean nextIsObject() {
        return peek() == '{';
    }

    /**
     * @return the next value, a text; the fallback when it is null
     */
    public String nextText(String fallback) {
        if (nextIsNull()) {
            return fallback;
        }
        if (!isQuote(peek())) {
            throw unexpected("a text");
        }
        String value = string();
        afterValue = true;
        return value;
    }

    /**
     * @return the next value, whatever it is, as text: of a text its content, else its source, so
     *     that null is the text "null"
     */
    public String nextAsText() {
        return isQuote(peek()) ? nextText("") : source();
    }

    /**
     * Reads the next entry's key and leaves it where it stands. Its escapes are replaced there, so
     * the bytes have to be the reader's own.
     *
     * @return whether {@link #placeFrom} and {@link #placeTo} show it; if not, nothing was read,
     *     and {@link #nextName} says what it is
     */
    public boolean nextNameInPlace() {
        if (!isQuote(peek()) || !stringInPlace()) {
            return false;
        }
        colon();
        return true;
    }

    /**
     * The same for a value as {@link #nextAsText} would give it.
     *
     * @return whether it stands there; if not, nothing was read
     */
    public boolean nextInPlace() {
        if (!isQuote(peek())) {
            placeFrom = at;
            skipValue();
            placeTo = at;
            return true;
        }
        if (!stringInPlace()) {
            return false;
        }
        afterValue = true;
        return true;
    }

    /**
     * @return index of the first byte of what was read in place
     */
    public int placeFrom() {
        return placeFrom;
    }

    /**
     * @return index behind its last byte
     */
    public int placeTo() {
        return placeTo;
    }

    /**
     * @return index behind the last byte that was read
     */
    public int offset() {
        return at;
    }

    private boolean stringInPlace() {
        int from = at;
        skipString();
        placeFrom = from + 1;
        placeTo = Escapes.unescapeAscii(text, placeFrom, at - 1);
        if (placeTo < 0) {
            at = from;
            return false;
        }
        return true;
    }

    /**
     * @return the next value, a number with or without quotes; the fallback when it is null
     * @throws JsonException when it is anything but a whole number of 64 bits
     */
    public long nextLong(long fallback) {
        if (nextIsNull()) {
            return fallback;
        }
        if (isQuote(peek())) {
            return parseLong(nextText(""));
        }
        int from = at;
        skipNumber();
        return parseLong(from, at);
    }

    /**
     * @return the next value, a number with or without quotes; the fallback when it is null
     * @throws JsonException when it is anything but a whole number of 32 bits
     */
    public int nextInt(int fallback) {
        long value = nextLong(fallback);
        if (value != (int) value) {
            throw new JsonException("not a 32-bit number: " + value);
        }
        return (int) value;
    }

    /**
     * @return the next value, a number with or without quotes and fraction; the fallback when it is
     *     null
     * @throws JsonException when it is anything but a number
     */
    public double nextDouble(double fallback) {
        if (nextIsNull()) {
            return fallback;
        }
        String number = nextAsText();
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException other) {
            throw new JsonException("not a number: " + Excerpt.of(number));
        }
    }

    /**
     * @return the next value, true or false with or without quotes; the fallback when null
     */
    public boolean nextBoolean(boolean fallback) {
        if (nextIsNull()) {
            return fallback;
        }
        if (isQuote(peek())) {
            return "true".equalsIgnoreCase(nextText(""));
        }
        boolean value = peek() == 't';
        literal(value ? "true" : "false");
        return value;
    }

    /** Reads over the next value. Escapes are not looked into, so it makes no objects. */
    public void skipValue() {
        int c = peek();
        if (c == '{') {
            skipObject();
        } else if (c == '[') {
            beginArray();
            while (hasNext()) {
                skipValue();
            }
            endArray();
        } else if (isQuote(c)) {
            skipString();
            afterValue = true;
        } else if (c == 't') {
            literal("true");
        } else if (c == 'f') {
            literal("false");
        } else if (c == 'n') {
            literal("null");
        } else {
            skipNumber();
        }
    }

    private void skipObject() {
        beginObject();
        while (hasNext()) {
            int c = peek();
            if (isQuote(c)) {
                skipString();
            } else if (c == '{') {
                skipObject();
            } else {
                skipBare();
            }
            colon();
            skipValue();
        }
        endObject();
    }

    /**
     * To be called last.
     *
     * @throws JsonException when anything but white space follows the value that was read
     */
    public void end() {
        skipSpace();
        if (at != end) {
            throw unexpected("the end");
        }
    }

    private void open(char bracket) {
        if (peek() != bracket) {
            throw unexpected("'" + bracket + "'");
        }
        at++;
        depth++;
        if (depth > maxDepth) {
            throw new JsonException("nested deeper than " + maxDepth);
        }
        afterValue = false;
    }

    private void close(char bracket) {
        if (peek() != bracket) {
            throw unexpected("'" + bracket + "'");
        }
        at++;
        depth--;
        afterValue = true;
    }

    private String source() {
        skipSpace();
        int from = at;
        skipValue();
        return new String(text, from, at - from, StandardCharsets.UTF_8);
    }

    private void colon() {
        if (peek() != ':') {
            throw unexpected("':'");
        }
        at++;
    }

    private void skipBare() {
        int from = at;
        while (at < end && isBare(text[at])) {
            at++;
        }
        if (at == from) {
            throw unexpected("a key");
        }
    }

    private static boolean isBare(byte c) {
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == '-'
                || c == '$';
    }

    private void skipNumber() {
        int from = at;
        while (at < end && isNumber(text[at])) {
            at++;
        }
        if (at == from || at - from > LONGEST_NUMBER) {
            at = from;
            throw unexpected("a number of at most " + LONGEST_NUMBER + " characters");
        }
        afterValue = true;
    }

    private long parseLong(int from, int to) {
        try {
            return AsciiText.parseLong(text, from, to);
        } catch (NumberFormatException notWhole) {
            throw notWhole(new String(text, from, to - from, StandardCharsets.US_ASCII));
        }
    }

    private static long parseLong(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException notWhole) {
            throw notWhole(number);
        }
    }

    private static JsonException notWhole(String number) {
        return new JsonException("not a whole 64-bit number: " + Excerpt.of(number));
    }

    private static boolean isNumber(byte c) {
        return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || text[at + i] != word.charAt(i)) {
                throw unexpected(word);
            }
        }
        at += word.length();
        afterValue = true;
    }

    private static boolean isQuote(int c) {
        return c == '"' || c == '\'';
    }

    private String string() {
        int from = at + 1;
        skipString();
        String raw = new String(text, from, at - 1 - from, StandardCharsets.UTF_8);
        return raw.indexOf(ESCAPE) < 0 ? raw : Escapes.unescape(raw);
    }

    private void skipString() {
        int close = Escapes.endOfText(text, at + 1, end, text[at]);
        if (close < 0) {
            at = end;
            throw new JsonException("text without its closing quote");
        }
        at = close + 1;
    }

    private int peek() {
        skipSpace();
        return at < end ? text[at] : -1;
    }

    private void skipSpace() {
        while (at < end
                && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private JsonException unexpected(String wanted) {
        String found =
                at >= end
                        ? "the end"
                        : Excerpt.of(
                                new String(
                                        text, at, Math.min(8, end - at), StandardCharsets.UTF_8));
        return new JsonException("expected " + wanted + " but found " + found);
    }
}
