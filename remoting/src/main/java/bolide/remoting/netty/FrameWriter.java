package bolide.remoting.netty;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.HeaderEncoder;
import bolide.remoting.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes frames to a channel. Heads, headers and short parts of bodies are gathered into chunks,
 * since small frames are cheap only when many share a buffer; longer parts follow as they are,
 * uncopied. Owner: the channel's event loop.
 */
final class FrameWriter {
    private static final Logger LOG = LoggerFactory.getLogger(FrameWriter.class);
    private static final int COPIED_BYTES =
            2048; // longer parts are cheaper uncopied, by measurement
    private static final int CHUNK_BYTES = 64 * 1024; // a longer chunk is sent on
    private static final int LEAST_BYTES = 512; // capacity of a chunk at first

    private final Channel channel;
    private final HeaderEncoder encoder;
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;
    private List<Runnable> released = new ArrayList<>(); // to be run when the chunk is written
    private int usualBytes = LEAST_BYTES; // of the last chunk: most are as long as the one before
    private boolean unflushed;
    private long takenBytes;

    /**
     * @param encoder the event loop's
     */
    FrameWriter(Channel channel, HeaderEncoder encoder) {
        this.channel = channel;
        this.encoder = encoder;
    }

    /**
     * Writes the frame, to be sent by {@link #flush}. When that fails the channel is closed.
     *
     * @throws IllegalArgumentException when the frame is longer than its length words can say; the
     *     payload has been released then, and nothing written
     */
    void write(Frame frame, Payload body) {
        FrameHead head = null;
        try {
            encoder.write(frame);
            head = new FrameHead(frame.format(), encoder.length(), body.size());
        } finally {
            if (head == null) {
                body.released().run();
            }
        }
        write(head, encoder.bytes(), body);
    }

    /** The same with one whose header has been encoded already. */
    void write(Outgoing frame) {
        write(frame.head, frame.header, frame.body);
    }

    private void write(FrameHead head, byte[] header, Payload body) {
        boolean owed = true;
        boolean whole = false;
        try {
            unflushed = true;
            writeHead(head, header);
            owed = !writeBody(body);
            whole = true;
        } finally {
            if (owed) {
                released.add(body.released());
            }
            if (!whole) { // out of memory: nobody understands what follows half a frame
                channel.close();
            }
        }
        if (chunk.readableBytes() >= CHUNK_BYTES) {
            writeChunk();
        }
    }

    /** Sends what was written. */
    void flush() {
        if (unflushed) {
            unflushed = false;
            writeChunk();
            channel.flush();
        }
    }

    /** Sends what was written; the future is done when the socket has taken all of it. */
    ChannelFuture flushAll() {
        flush();
        return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** Drops what was not flushed; for when the channel has been closed. */
    void close() {
        if (chunk != Unpooled.EMPTY_BUFFER) {
            chunk.release();
            chunk = Unpooled.EMPTY_BUFFER;
        }
        runAll(takeReleased());
    }

    /**
     * @return how many bytes the socket has taken since the connection was opened
     */
    long takenBytes() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return takenBytes + (waiting == null ? 0 : waiting.currentProgress());
    }

    private void writeHead(FrameHead head, byte[] header) {
        ByteBuf to = chunk(usualBytes);
        to.writeInt(head.lengthWord());
        to.writeInt(head.markWord());
        to.writeBytes(header, 0, head.headerLength());
    }

    /**
     * @return whether the payload's release goes with its last part; else the chunk carries it
     */
    private boolean writeBody(Payload body) {
        ByteBuffer[] parts = body.parts();
        boolean carried = false;
        for (int at = 0; at < parts.length; at++) {
            ByteBuffer part = parts[at];
            if (part.remaining() > COPIED_BYTES) {
                writeChunk();
                carried = at == parts.length - 1;
                write(Unpooled.wrappedBuffer(part), carried ? List.of(body.released()) : List.of());
            } else if (part.hasRemaining()) {
                chunk(part.remaining()).writeBytes(part.duplicate());
            }
        }
        return carried;
    }

    private ByteBuf chunk(int bytes) {
        if (chunk == Unpooled.EMPTY_BUFFER) {
            chunk = channel.alloc().directBuffer(bytes);
        }
        return chunk;
    }

    private void writeChunk() {
        if (chunk != Unpooled.EMPTY_BUFFER) {
            ByteBuf full = chunk;
            chunk = Unpooled.EMPTY_BUFFER;
            usualBytes = Math.max(LEAST_BYTES, Math.min(full.readableBytes(), CHUNK_BYTES));
            write(full, takeReleased());
        }
    }

    private void write(ByteBuf bytes, List<Runnable> thenReleased) {
        int size = bytes.readableBytes();
        channel.write(bytes)
                .addListener(done -> {
                    takenBytes += done.isSuccess() ? size : 0;
                    runAll(thenReleased);
                });
    }

    private List<Runnable> takeReleased() {
        if (released.isEmpty()) {
            return List.of();
        }
        List<Runnable> taken = released;
        released = new ArrayList<>();
        return taken;
    }

    private static void runAll(List<Runnable> actions) {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException bug) { // the others are to run all the same
                LOG.error("the release of a payload failed", bug);
            }
        }
    }
}
