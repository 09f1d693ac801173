package bolide.protocol.json;

import bolide.protocol.text.AsciiText;
import bolide.protocol.text.Excerpt;
import java.util.HexFormat;

/** What a backslash and the characters behind it mean in a JSON text. */
public final class Escapes {
    private static final byte ESCAPE = '\\';

    private Escapes() {}

    /**
     * @param from index of a text's first byte
     * @param to where to look no further
     * @param quote what the text began with
     * @return index of the quote that ends it; -1 when there is none
     */
    public static int endOfText(byte[] text, int from, int to, byte quote) {
        int at = AsciiText.indexOfEither(text, from, to, quote, ESCAPE);
        while (at < to && text[at] == ESCAPE) {
            at = AsciiText.indexOfEither(text, at + 2, to, quote, ESCAPE);
        }
        return at < to ? at : -1;
    }

    /**
     * Replaces escapes where they stand, which makes the text shorter. Does so only when all of
     * them mean ASCII characters.
     *
     * @return the index behind the last byte now; -1 when nothing was changed
     */
    public static int unescapeAscii(byte[] text, int from, int to) {
        int first = next(text, from, to);
        for (int at = first; at < to; ) {
            int escape = ascii(text, at, to);
            if (escape < 0) {
                return -1;
            }
            at = next(text, escape >>> 8, to);
        }
        int end = first;
        for (int at = first; at < to; ) {
            int escape = ascii(text, at, to);
            text[end++] = (byte) escape;
            int plain = escape >>> 8;
            at = next(text, plain, to);
            System.arraycopy(text, plain, text, end, at - plain);
            end += at - plain;
        }
        return end;
    }

    private static int next(byte[] text, int from, int to) {
        return AsciiText.indexOfEither(text, from, to, ESCAPE, ESCAPE);
    }

    /**
     * @return the index behind the escape in the upper 24 bits, its character in the lower 8; -1
     *     when it is no such escape, or a header is too long for that
     */
    private static int ascii(byte[] text, int at, int to) {
        if (at + 1 >= to || to >= 1 << 23) {
            return -1;
        }
        int kind = text[at + 1];
        int plain =
                switch (kind) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case '"', '\'', '\\', '/' -> kind;
                    default -> -1;
                };
        if (plain >= 0) {
            return at + 2 << 8 | plain;
        }
        if (kind != 'u' || at + 6 > to || text[at + 2] != '0' || text[at + 3] != '0') {
            return -1;
        }
        int high = digit(text[at + 4]);
        int low = digit(text[at + 5]);
        return high < 0 || high > 7 || low < 0 ? -1 : at + 6 << 8 | high << 4 | low;
    }

    private static int digit(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int small = c | 0x20;
        return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
    }

    static String unescape(String raw) {
        StringBuilder plain = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = raw.charAt(i++);
            switch (kind) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append(hex(raw, i, 4));
                    i += 4;
                }
                case 'x' -> { // some peers shorten control characters so
                    plain.append(hex(raw, i, 2));
                    i += 2;
                }
                case '"', '\'', '\\', '/' -> plain.append(kind);
                default -> throw new JsonException("unknown escape \\" + Excerpt.of("" + kind));
            }
        }
        return plain.toString();
    }

    private static char hex(String raw, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            if (i >= raw.length() || !HexFormat.isHexDigit(raw.charAt(i))) {
                throw new JsonException("escape without its " + digits + " hex digits");
            }
            value = value << 4 | HexFormat.fromHexDigit(raw.charAt(i));
        }
        return (char) value;
    }
}
