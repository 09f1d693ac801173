package bolide.protocol.frame;

/** How a frame's header is written; a peer is answered in the format it asked in. */
public enum HeaderFormat {
    JSON(0),
    BINARY(1);

    private final int mark;

    HeaderFormat(int mark) {
        this.mark = mark;
    }

    /**
     * @return the high byte of a frame's second word
     */
    public int mark() {
        return mark;
    }

    /**
     * @param mark the high byte of a frame's second word
     * @throws ProtocolException for any other byte than 0 and 1
     */
    public static HeaderFormat ofMark(int mark) {
        if (mark == JSON.mark) {
            return JSON;
        }
        if (mark == BINARY.mark) {
            return BINARY;
        }
        throw new ProtocolException(
                "header format "
                        + mark
                        + " is unknown; 0 (JSON) and 1 (binary) are understood;"
                        + " is the peer speaking another protocol?");
    }
}
