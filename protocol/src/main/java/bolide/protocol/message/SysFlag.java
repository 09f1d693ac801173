package bolide.protocol.message;

/** Bits of a record's {@code sysFlag}. */
public final class SysFlag {
    public static final int COMPRESSED = 1;
    public static final int MULTI_TAGS = 2;
    public static final int PREPARED = 4;
    public static final int COMMITTED = 8;
    public static final int ROLLED_BACK = 12;
    public static final int TRANSACTION_MASK = 12;
    public static final int BORN_HOST_V6 = 16;
    public static final int STORE_HOST_V6 = 32;
    public static final int NEEDS_UNWRAP = 64;
    public static final int INNER_BATCH = 128;
    public static final int COMPRESSION_MASK = 7 << 8;

    private SysFlag() {}
}
