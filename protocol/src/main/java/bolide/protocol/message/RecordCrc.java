package bolide.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The checksum of a whole record, kept as its last property: {@code __CRC32#}, 0x01, ten decimal
 * digits with the least significant first, 0x02. It is the CRC-32 of the record without these 20
 * bytes, without its highest bit.
 */
public final class RecordCrc {
    /** Bytes that the property takes at the end of a record. */
    public static final int BYTES = 20;

    private static final byte[] PREFIX =
            (PropertyNames.RECORD_CRC + '\1').getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNSEALED =
            (PropertyNames.RECORD_CRC + '\1' + "0000000000" + '\2')
                    .getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 10;

    private RecordCrc() {}

    /** Appends the property with its digits still zero. */
    static void reserve(ByteBuffer out) {
        out.put(UNSEALED);
    }

    /**
     * Writes the digits of a record that is otherwise complete. Makes no objects.
     *
     * @param bytes to be touched by no other thread meanwhile; position and limit are left as they
     *     are
     * @param at the record's first byte
     * @param crc for reuse; reset here
     */
    public static void seal(ByteBuffer bytes, int at, CRC32 crc) {
        int end = at + RecordLayout.totalSize(bytes, at);
        long value = compute(bytes, at, end - BYTES, crc);
        int digitAt = end - BYTES + PREFIX.length;
        for (int i = 0; i < DIGITS; i++) {
            bytes.put(digitAt + i, (byte) ('0' + value % 10));
            value /= 10;
        }
    }

    /**
     * What stands before it does not count: a record whose checksum was overlooked for one damaged
     * byte there would pass for one that never had any.
     *
     * @return whether the properties end with this one, be its digits right or wrong
     */
    static boolean isPresent(ByteBuffer bytes, int propertiesAt, int propertiesLength) {
        if (propertiesLength < BYTES) {
            return false;
        }
        int at = propertiesAt + propertiesLength - BYTES;
        for (int i = 0; i < PREFIX.length; i++) {
            if (bytes.get(at + i) != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param bytes to be touched by no other thread meanwhile; position and limit are left as they
     *     are
     * @return whether the digits are those of the bytes before the property
     */
    static boolean matches(ByteBuffer bytes, int at, int totalSize, CRC32 crc) {
        int end = at + totalSize;
        int digitAt = end - BYTES + PREFIX.length;
        long stored = 0;
        for (int i = DIGITS - 1; i >= 0; i--) {
            int digit = bytes.get(digitAt + i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            stored = 10 * stored + digit;
        }
        return bytes.get(end - 1) == MessageProperties.VALUE_END
                && stored == compute(bytes, at, end - BYTES, crc);
    }

    /**
     * @return the bytes' CRC-32 without its highest bit
     */
    static int compute(ByteBuffer bytes, int from, int to, CRC32 crc) {
        int position = bytes.position();
        int limit = bytes.limit();
        crc.reset();
        crc.update(bytes.limit(to).position(from));
        bytes.limit(limit).position(position);
        return (int) crc.getValue() & 0x7FFFFFFF;
    }
}
