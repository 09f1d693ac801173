package bolide.protocol.message;

/** Bits of a record's {@code sysFlag}. */
public final class SysFlag {
    /** The body is compressed, see {@link #COMPRESSION_MASK}. */
    public static final int COMPRESSED = 1;

    /** The message has several tags; of no use today. */
    public static final int MULTI_TAGS = 2;

    /** A half message, not to be delivered before its transaction commits. */
    public static final int PREPARED = 4;

    /** The message of a transaction that has been committed. */
    public static final int COMMITTED = 8;

    /** The end of a transaction that has been given up; not to be delivered. */
    public static final int ROLLED_BACK = 12;

    /** Where one of the three states of a transaction stands; 0: none. */
    public static final int TRANSACTION_MASK = 12;

    /** The producer's address has 16 bytes, not 4. */
    public static final int BORN_HOST_V6 = 16;

    /** The broker's address has 16 bytes, not 4. */
    public static final int STORE_HOST_V6 = 32;

    /** A client has to take the body apart, see {@link #INNER_BATCH}. */
    public static final int NEEDS_UNWRAP = 64;

    /** The body is several messages that were stored as one. */
    public static final int INNER_BATCH = 128;

    /** How the body is compressed: 0 and 3 zlib, 1 LZ4, 2 Zstandard. */
    public static final int COMPRESSION_MASK = 7 << 8;

    private SysFlag() {}
}
