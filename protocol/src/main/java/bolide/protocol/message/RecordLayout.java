package bolide.protocol.message;

import java.nio.ByteBuffer;

/**
 * Where the parts of a stored message lie; all numbers big-endian.
 *
 * <pre>
 *  0 totalSize i32      the whole record
 *  4 magic i32          V1: one byte of topic length; V2: two
 *  8 bodyCrc i32        CRC-32 of the body, without its highest bit
 * 12 queueId i32
 * 16 flag i32           the application's
 * 20 queueOffset i64    the message's number in its queue
 * 28 position i64       the record's first byte in the commit log
 * 36 sysFlag i32        see {@link SysFlag}
 * 40 bornTimestamp i64  the producer's clock, milliseconds
 * 48 bornHost           4 or 16 bytes of address, i32 port
 *    storeTimestamp i64 the broker's clock, milliseconds
 *    storeHost          4 or 16 bytes of address, i32 port
 *    reconsumeTimes i32
 *    preparedTransactionOffset i64
 *    body               i32 length, bytes
 *    topic              u8 or u16 length, UTF-8
 *    properties         u16 length, see {@link MessageProperties}
 * </pre>
 */
public final class RecordLayout {
    /** Marks a record with one byte of topic length. */
    public static final int MAGIC_V1 = 0xDAA320A7;

    /** Marks a record with two bytes of topic length; peers before 5.x do not know it. */
    public static final int MAGIC_V2 = 0xDAA320AB;

    /** Stands where a record would, when the rest of a segment is unused. */
    public static final int MAGIC_BLANK = 0xCBD43194;

    /** Bytes of a blank that are written: its size and its magic. */
    public static final int BLANK_BYTES = 8;

    /** A topic of more bytes than this needs a V2 record. */
    public static final int V1_TOPIC_BYTES = 127;

    static final int MAGIC_AT = 4;
    static final int BODY_CRC_AT = 8;
    static final int QUEUE_ID_AT = 12;
    static final int FLAG_AT = 16;
    static final int QUEUE_OFFSET_AT = 20;
    static final int POSITION_AT = 28;
    static final int SYS_FLAG_AT = 36;
    static final int BORN_TIMESTAMP_AT = 40;
    static final int BORN_HOST_AT = 48;
    static final int HOST_V4_BYTES = 8;
    static final int HOST_V6_BYTES = 20;

    /** Bytes of the smallest record: both hosts V4, no body, no topic, no properties. */
    public static final int SMALLEST = 48 + 8 + 8 + 8 + 4 + 8 + 4 + 1 + 2;

    private RecordLayout() {}

    /**
     * @param at the record's first byte, here and below
     */
    public static int totalSize(ByteBuffer bytes, int at) {
        return bytes.getInt(at);
    }

    public static int magic(ByteBuffer bytes, int at) {
        return bytes.getInt(at + MAGIC_AT);
    }

    public static int queueId(ByteBuffer bytes, int at) {
        return bytes.getInt(at + QUEUE_ID_AT);
    }

    public static long queueOffset(ByteBuffer bytes, int at) {
        return bytes.getLong(at + QUEUE_OFFSET_AT);
    }

    public static long position(ByteBuffer bytes, int at) {
        return bytes.getLong(at + POSITION_AT);
    }

    public static int sysFlag(ByteBuffer bytes, int at) {
        return bytes.getInt(at + SYS_FLAG_AT);
    }

    /**
     * @return how far behind a record's first byte its store time stands
     */
    public static int storeTimestampAt(int sysFlag) {
        return BORN_HOST_AT
                + ((sysFlag & SysFlag.BORN_HOST_V6) == 0 ? HOST_V4_BYTES : HOST_V6_BYTES);
    }

    /**
     * Writes what is known only once a record's place in the log is.
     *
     * @param at the record's first byte
     * @param queueOffset the message's number in its queue
     * @param position where the record will lie, bytes from the log's start
     * @param storeTimestamp the broker's clock, milliseconds
     */
    public static void number(
            ByteBuffer bytes, int at, long queueOffset, long position, long storeTimestamp) {
        bytes.putLong(at + QUEUE_OFFSET_AT, queueOffset);
        bytes.putLong(at + POSITION_AT, position);
        bytes.putLong(at + storeTimestampAt(sysFlag(bytes, at)), storeTimestamp);
    }
}
