package bolide.protocol.frame;

import bolide.protocol.json.JsonWriter;
import java.util.Arrays;

/** Writes frame headers, one after the other into the same memory. Not for several threads. */
public final class HeaderEncoder {
    private static final int MOST_KEPT_BYTES = 64 * 1024;

    private JsonWriter json = new JsonWriter();
    private byte[] bytes = {};
    private int length;

    /** An encoder that has written nothing. */
    public HeaderEncoder() {}

    /**
     * @return the header's bytes, without the eight that go before them
     * @throws IllegalArgumentException when a field's name is too long for the format
     */
    public static byte[] encode(Frame frame) {
        HeaderEncoder encoder = new HeaderEncoder();
        encoder.write(frame);
        return Arrays.copyOf(encoder.bytes, encoder.length);
    }

    /**
     * Writes the frame's header, in the format that it names.
     *
     * @throws IllegalArgumentException when a field's name is too long for the format
     */
    public void write(Frame frame) {
        if (frame.format() == HeaderFormat.BINARY) {
            bytes = BinaryHeader.encode(frame);
            length = bytes.length;
            return;
        }
        json.clear();
        JsonHeader.encode(frame, json);
        bytes = json.bytes();
        length = json.size();
        if (bytes.length > MOST_KEPT_BYTES) {
            json = new JsonWriter();
        }
    }

    /**
     * @return where the header is, from 0 on, without the eight bytes that go before it; good until
     *     the next one is written
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * @return bytes of the header
     */
    public int length() {
        return length;
    }
}
