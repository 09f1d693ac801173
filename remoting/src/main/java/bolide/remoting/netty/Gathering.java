package bolide.remoting.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Brings together a run of bytes that may arrive in pieces. A run that is whole in what has just
 * been read is shown where it lies; only one in pieces is copied, into a buffer that grows with
 * what has arrived: what was announced counts only once half of it is there.
 */
final class Gathering {
    private static final int SMALLEST = 256;

    private final ByteBufAllocator allocator;
    private ByteBuf pieces = Unpooled.EMPTY_BUFFER;
    private ByteBuffer view = ByteBuffer.allocate(0);

    Gathering(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Takes up to {@code length} bytes, counting from the last {@link #clear}.
     *
     * @return whether they are all there; {@link #view} shows them then
     */
    boolean gather(ByteBuf in, int length) {
        int there = pieces.readableBytes();
        if (there == 0 && in.readableBytes() >= length) {
            view = in.nioBuffer(in.readerIndex(), length);
            in.skipBytes(length);
            return true;
        }
        append(in, Math.min(length - there, in.readableBytes()), length);
        if (pieces.readableBytes() < length) {
            return false;
        }
        view = pieces.nioBuffer();
        return true;
    }

    /**
     * @return the bytes, good until {@link #clear} and as long as what was read is kept
     */
    ByteBuffer view() {
        return view;
    }

    /** Forgets the run and frees its buffer. */
    void clear() {
        if (pieces != Unpooled.EMPTY_BUFFER) {
            pieces.release();
            pieces = Unpooled.EMPTY_BUFFER;
        }
    }

    private void append(ByteBuf in, int count, int length) {
        if (count == 0) {
            return;
        }
        int needed = pieces.readableBytes() + count;
        if (pieces == Unpooled.EMPTY_BUFFER) {
            pieces = allocator.directBuffer(room(needed, length), length);
        } else if (needed > pieces.capacity()) {
            pieces.capacity(room(needed, length));
        }
        pieces.writeBytes(in, count);
    }

    private static int room(int needed, int length) {
        return (int) Math.min(length, Math.max(2L * needed, SMALLEST));
    }
}
