package bolide.protocol.json;

import bolide.protocol.text.AsciiText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON in UTF-8. The caller keeps the order of calls legal: a name before each value of an
 * object. Not for several threads.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final WrittenNames NAMES = new WrittenNames();
    private static final byte LACKING = '?'; // what UTF-8 has for half a character, too
    private static final int FIRST_BYTES = 512;
    private static final int MOST_DIGITS = 20; // of a long, its sign included
    private static final int MOST_PER_CHAR = 6; // an escape; in UTF-8 it would be three

    private byte[] out = new byte[FIRST_BYTES];
    private int size;
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
        put(NAMES.of(name));
        first = true; // no comma between a name and its value
        return this;
    }

    /** A number as key without quotes, which is what Apache's peers write and older ones expect. */
    public JsonWriter bareName(long name) {
        comma();
        digits(name);
        put(':');
        first = true;
        return this;
    }

    /**
     * Puts a piece of JSON there as it is, commas included: none is written between it and what
     * comes next.
     */
    public JsonWriter raw(byte[] piece) {
        put(piece);
        first = true;
        return this;
    }

    /** Makes the object that was written last the key of the value that comes next. */
    public JsonWriter asName() {
        put(':');
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
        digits(value);
        return this;
    }

    /** A number with a fraction; has to be finite. */
    public JsonWriter value(double value) {
        comma();
        put(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** A number in quotes. */
    public JsonWriter quoted(long value) {
        comma();
        put('"');
        digits(value);
        put('"');
        return this;
    }

    public JsonWriter value(boolean value) {
        comma();
        put(value ? TRUE : FALSE);
        return this;
    }

    /**
     * @return what was written
     */
    public byte[] toUtf8() {
        return Arrays.copyOf(out, size);
    }

    /**
     * @return how many bytes were written
     */
    public int size() {
        return size;
    }

    /**
     * @return where they are, from 0 on; good until something is written or {@link #clear}ed
     */
    public byte[] bytes() {
        return out;
    }

    /** Forgets what was written, to begin anew in the same memory. */
    public void clear() {
        size = 0;
        first = true;
    }

    @Override
    public String toString() {
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    private JsonWriter open(char bracket) {
        comma();
        put(bracket);
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        first = false;
        return this;
    }

    private void comma() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private void quote(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!AsciiText.isPlain(utf8) || mayLack(utf8)) {
            quoteSpecial(text);
            return;
        }
        room(utf8.length + 2);
        out[size++] = '"';
        System.arraycopy(utf8, 0, out, size, utf8.length);
        size += utf8.length;
        out[size++] = '"';
    }

    /**
     * @return whether a question mark is in it, which may stand for half a character
     */
    private static boolean mayLack(byte[] utf8) {
        return AsciiText.indexOfEither(utf8, 0, utf8.length, LACKING, LACKING) < utf8.length;
    }

    private void quoteSpecial(String text) {
        int length = text.length();
        room(MOST_PER_CHAR * length + 2);
        out[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                out[size++] = (byte) c;
            } else {
                i = special(text, i);
            }
        }
        out[size++] = '"';
    }

    /**
     * @return the index of the last character that was written
     */
    private int special(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x80 || isAlone(text, i)) {
            escape(c);
            return i;
        }
        int end = Character.isHighSurrogate(c) ? i + 2 : i + 1;
        for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
            out[size++] = b;
        }
        return end - 1;
    }

    private void digits(long number) {
        room(MOST_DIGITS);
        if (number == Long.MIN_VALUE) {
            put(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (number < 0) {
            out[size++] = '-';
        }
        long left = Math.abs(number);
        int count = 1;
        for (long rest = left / 10; rest > 0; rest /= 10) {
            count++;
        }
        size += count;
        for (int at = size - 1; count > 0; count--) {
            out[at--] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private void put(char ascii) {
        room(1);
        out[size++] = (byte) ascii;
    }

    private void put(byte[] ascii) {
        room(ascii.length);
        System.arraycopy(ascii, 0, out, size, ascii.length);
        size += ascii.length;
    }

    private void room(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + bytes));
        }
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

    /** There is room for it. */
    private void escape(char c) {
        out[size++] = '\\';
        switch (c) {
            case '"', '\\' -> out[size++] = (byte) c;
            case '\n' -> out[size++] = 'n';
            case '\r' -> out[size++] = 'r';
            case '\t' -> out[size++] = 't';
            default -> {
                out[size++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out[size++] = HEX[c >> shift & 0xF];
                }
            }
        }
    }
}
