package bolide.protocol.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads texts where they stand, without making objects of them. */
public final class AsciiText {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long FIRST_FACTOR = 0x9E3779B97F4A7C15L; // odd, its bits well mixed
    private static final long MIDDLE_FACTOR = 0xD6E8FEB86659FD93L;
    private static final long LAST_FACTOR = 0xC2B2AE3D27D4EB4FL;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int SAFE_DIGITS = 18; // any number of so many digits is a long

    private AsciiText() {}

    /**
     * Looks at eight bytes at a time.
     *
     * @param one a byte that is looked for, 0 to 127
     * @param other another one
     * @return the first place from {@code from} on where one of both is; {@code to}, or {@code
     *     from} if that is behind, when there is none
     */
    public static int indexOfEither(byte[] text, int from, int to, byte one, byte other) {
        long ones = ONES * one;
        long others = ONES * other;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = (long) EIGHT.get(text, at);
            long found = zeros(eight ^ ones) | zeros(eight ^ others);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && text[at] != one && text[at] != other) {
            at++;
        }
        return at;
    }

    /**
     * Looks at eight bytes at a time; made for short texts.
     *
     * @return whether the {@code length} bytes of both are the same; false where the first ends
     *     before
     */
    public static boolean isSame(byte[] text, int at, byte[] other, int otherAt, int length) {
        if (at + length > text.length) {
            return false;
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) EIGHT.get(text, at + i) != (long) EIGHT.get(other, otherAt + i)) {
                return false;
            }
        }
        int left = length - i;
        if (left > 0
                && at + i + Long.BYTES <= text.length
                && otherAt + i + Long.BYTES <= other.length) {
            long difference = (long) EIGHT.get(text, at + i) ^ (long) EIGHT.get(other, otherAt + i);
            return difference << Long.SIZE - Byte.SIZE * left == 0; // without what is behind them
        }
        while (i < length && text[at + i] == other[otherAt + i]) {
            i++;
        }
        return i == length;
    }

    /**
     * @return a number that texts which differ in their first, middle or last eight bytes hardly
     *     have in common
     */
    static int hash(byte[] text, int from, int length) {
        long mixed = length;
        if (length >= Long.BYTES) {
            mixed += (long) EIGHT.get(text, from) * FIRST_FACTOR;
            mixed += (long) EIGHT.get(text, from + length - Long.BYTES) * LAST_FACTOR;
            mixed ^= (long) EIGHT.get(text, from + (length - Long.BYTES) / 2) * MIDDLE_FACTOR;
        } else {
            for (int i = from; i < from + length; i++) {
                mixed = 31 * mixed + text[i];
            }
            mixed *= FIRST_FACTOR;
        }
        return (int) (mixed >>> Integer.SIZE);
    }

    /**
     * @return whether all bytes are printable ASCII characters other than quotes and backslashes,
     *     so that a text in quotes is made of them as they are
     */
    public static boolean isPlain(byte[] text) {
        int at = 0;
        for (; at + Long.BYTES <= text.length; at += Long.BYTES) {
            long eight = (long) EIGHT.get(text, at);
            if ((zeros(eight ^ ONES * '"') | zeros(eight ^ ONES * '\\') | below(eight)) != 0) {
                return false;
            }
        }
        while (at < text.length && isPlain(text[at])) {
            at++;
        }
        return at == text.length;
    }

    private static boolean isPlain(byte c) {
        return c >= FIRST_PRINTABLE && c != '"' && c != '\\';
    }

    /**
     * @return 0 if no byte is a control character or beyond ASCII
     */
    private static long below(long eight) {
        return (eight - ONES * FIRST_PRINTABLE | eight) & ONES << 7;
    }

    /**
     * @return bits of which the lowest one that is set lies in the lowest byte that is zero
     */
    private static long zeros(long eight) {
        return eight - ONES & ~eight & ONES << 7;
    }

    /**
     * Reads what {@link Long#parseLong} reads; leaves what is long or odd to it.
     *
     * @throws NumberFormatException when it is no whole number of 64 bits
     */
    public static long parseLong(byte[] text, int from, int to) {
        boolean negative = from < to && text[from] == '-';
        int first = negative ? from + 1 : from;
        if (first >= to || to - first > SAFE_DIGITS) {
            return parseSlowly(text, from, to);
        }
        long number = 0;
        for (int at = first; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return parseSlowly(text, from, to);
            }
            number = 10 * number + digit;
        }
        return negative ? -number : number;
    }

    private static long parseSlowly(byte[] text, int from, int to) {
        return Long.parseLong(new String(text, from, to - from, StandardCharsets.UTF_8));
    }
}
