package bolide.remoting;

import java.nio.ByteBuffer;

/**
 * The body of an outgoing frame: bytes that may lie in several places, and word back when they are
 * no longer needed.
 *
 * @param parts the bytes, each from position to limit; they must not change until {@code released}
 * @param released run exactly once, when the bytes have been written to the socket or never will be
 */
public record Payload(ByteBuffer[] parts, Runnable released) {
    private static final Runnable NOTHING = () -> {};
    private static final Payload EMPTY = new Payload(new ByteBuffer[0], NOTHING);

    public static Payload empty() {
        return EMPTY;
    }

    /** Bytes on the heap that nobody changes any more. */
    public static Payload of(ByteBuffer bytes) {
        return bytes.hasRemaining() ? new Payload(new ByteBuffer[] {bytes}, NOTHING) : EMPTY;
    }

    /**
     * @return how many bytes there are in all
     */
    public int size() {
        int size = 0;
        for (ByteBuffer part : parts) {
            size += part.remaining();
        }
        return size;
    }
}
