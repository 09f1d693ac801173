package bolide.protocol.frame;

/** Writes frame headers in the format that the frame names. */
public final class HeaderEncoder {
    private HeaderEncoder() {}

    /**
     * @return the header's bytes, without the eight that go before them
     * @throws IllegalArgumentException when a field's name is too long for the format
     */
    public static byte[] encode(Frame frame) {
        return frame.format() == HeaderFormat.JSON
                ? JsonHeader.encode(frame)
                : BinaryHeader.encode(frame);
    }
}
