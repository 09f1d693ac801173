package bolide.protocol.frame;

/**
 * What a reader of frames accepts before it spends memory on it; all in bytes unless it says
 * otherwise.
 *
 * @param bodyBytes largest body of an ordinary frame
 * @param registrationBodyBytes largest body of a broker's registration, which carries all its
 *     topics
 * @param headerBytes largest header
 * @param fields how many extension fields a header may have
 * @param fieldNameBytes longest name of an extension field, in UTF-8
 * @param unverifiedBytes most bytes that are buffered of a connection that has not yet sent one
 *     valid request header
 */
public record FrameLimits(
        int bodyBytes,
        int registrationBodyBytes,
        int headerBytes,
        int fields,
        int fieldNameBytes,
        int unverifiedBytes) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Deepest nesting of any JSON text that is read, headers and bodies alike. */
    public static final int JSON_DEPTH = 16;

    /** What a server accepts from peers it does not know. */
    public static final FrameLimits SERVER =
            new FrameLimits(4 * MIB, 16 * MIB, 256 * KIB, 128, 256, 64 * KIB);

    /** What a client accepts from the server it chose: a reply may carry many messages. */
    public static final FrameLimits CLIENT =
            new FrameLimits(128 * MIB, 128 * MIB, 256 * KIB, 128, 256, 64 * KIB);

    /**
     * @return the largest body of a frame with this request code, in bytes
     */
    public int bodyBytesOf(int code) {
        return code == RequestCode.REGISTER_BROKER ? registrationBodyBytes : bodyBytes;
    }
}
