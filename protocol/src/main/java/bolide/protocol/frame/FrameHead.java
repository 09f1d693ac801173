package bolide.protocol.frame;

/**
 * The first eight bytes of a frame: two words that say how long it and its header are.
 *
 * @param format how the header is written
 * @param headerLength bytes of the header
 * @param bodyLength bytes of the body
 */
public record FrameHead(HeaderFormat format, int headerLength, int bodyLength) {
    /** Bytes before a frame's header. */
    public static final int BYTES = 8;

    private static final int HEADER_LENGTH_MASK = 0xFFFFFF;
    private static final int LONGEST_BODY = Integer.MAX_VALUE - HEADER_LENGTH_MASK - 4;

    /**
     * @throws IllegalArgumentException when the two words cannot say these lengths
     */
    public FrameHead {
        if (headerLength < 0
                || headerLength > HEADER_LENGTH_MASK
                || bodyLength < 0
                || bodyLength > LONGEST_BODY) {
            throw new IllegalArgumentException(
                    "no frame holds a header of "
                            + headerLength
                            + " and a body of "
                            + bodyLength
                            + " bytes");
        }
    }

    /**
     * @param length the frame's first word: how many bytes follow it
     * @param mark the frame's second word: format in the high byte, header length below
     * @throws ProtocolException when the two contradict each other or break a limit that does not
     *     depend on the request
     */
    public static FrameHead of(int length, int mark, FrameLimits limits) {
        int headerLength = mark & HEADER_LENGTH_MASK;
        if (length < 4 || headerLength > length - 4) {
            throw new ProtocolException(
                    "a frame of "
                            + Integer.toUnsignedString(length)
                            + " bytes cannot hold a header of "
                            + headerLength
                            + " bytes; is the peer speaking another protocol?");
        }
        HeaderFormat format = HeaderFormat.ofMark(mark >>> 24);
        if (headerLength > limits.headerBytes()) {
            throw new ProtocolException(
                    "header of " + headerLength + " bytes exceeds " + limits.headerBytes());
        }
        int bodyLength = length - 4 - headerLength;
        if (bodyLength > limits.registrationBodyBytes()) {
            throw new ProtocolException(
                    "frame announces a body of "
                            + bodyLength
                            + " bytes; at most "
                            + limits.bodyBytes()
                            + " are accepted");
        }
        return new FrameHead(format, headerLength, bodyLength);
    }

    /**
     * @return the frame's first word
     */
    public int lengthWord() {
        return 4 + headerLength + bodyLength;
    }

    /**
     * @return the frame's second word
     */
    public int markWord() {
        return format.mark() << 24 | headerLength;
    }
}
