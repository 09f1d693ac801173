package bolide.protocol.json;

import bolide.protocol.text.Excerpt;
import java.util.HexFormat;

/** What a backslash and the characters behind it mean in a JSON text. */
final class Escapes {
    private Escapes() {}

    /**
     * Replaces escapes where they stand, which makes the text shorter. Does so only when all of
     * them mean ASCII characters.
     *
     * @return the index behind the last byte now; -1 when nothing was changed
     */
    static int unescapeAscii(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\\') {
                int escape = ascii(text, i, to);
                if (escape < 0) {
                    return -1;
                }
                i = (escape >>> 8) - 1;
            }
        }
        int end = from;
        int i = from;
        while (i < to) {
            if (text[i] == '\\') {
                int escape = ascii(text, i, to);
                text[end++] = (byte) escape;
                i = escape >>> 8;
            } else {
                text[end++] = text[i++];
            }
        }
        return end;
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
        return c >= 0 && HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1;
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
