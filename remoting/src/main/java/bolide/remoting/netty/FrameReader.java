package bolide.remoting.netty;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Cuts a connection's bytes into frames, wherever the network has cut them. Total: any bytes give
 * frames or a {@link ProtocolException}, after which no more may be read. Owner: the connection's
 * event loop.
 */
final class FrameReader {
    /** Takes what was read. */
    interface Sink {
        /**
         * @param frame a whole frame; its body is good until this method returns
         */
        void frame(Frame frame);

        /** A frame whose body is longer than its code allows, and will be read over. */
        void tooLong(Frame head, int bodyBytes);

        /**
         * @return false to leave what follows unread for now
         */
        boolean wantsMore();
    }

    private enum Stage {
        HEAD,
        HEADER,
        BODY,
        DISCARD
    }

    private final FrameLimits limits;
    private final HeaderDecoder decoder;
    private final Gathering gathering;
    private boolean verified;
    private HeaderFormat lastFormat = HeaderFormat.JSON;

    private Stage stage = Stage.HEAD;
    private long words; // of HEAD: its bytes so far
    private int wordsBytes;
    private FrameHead head; // from HEADER on
    private Frame frame; // from BODY on, without its body
    private int discard; // of DISCARD: bytes still to come

    /**
     * @param verified whether the peer is trusted from the start to speak this protocol
     */
    FrameReader(FrameLimits limits, ByteBufAllocator allocator, boolean verified) {
        this.limits = limits;
        this.decoder = new HeaderDecoder(limits);
        this.gathering = new Gathering(allocator);
        this.verified = verified;
    }

    /**
     * Reads until the bytes are used up or the sink wants no more.
     *
     * @throws ProtocolException when the bytes are no frames
     */
    void read(ByteBuf in, Sink sink) {
        boolean going = true;
        while (going && sink.wantsMore()) {
            going =
                    switch (stage) {
                        case HEAD -> readHead(in);
                        case HEADER -> readHeader(in, sink);
                        case BODY -> readBody(in, sink);
                        case DISCARD -> discard(in);
                    };
        }
    }

    /**
     * @return whether one whole and valid request header has been read
     */
    boolean verified() {
        return verified;
    }

    /**
     * @return the format of the last good header, JSON when there was none
     */
    HeaderFormat lastFormat() {
        return lastFormat;
    }

    /** Frees what is kept of an unfinished frame. */
    void close() {
        gathering.clear();
    }

    private boolean readHead(ByteBuf in) {
        if (wordsBytes == 0 && in.readableBytes() >= FrameHead.BYTES) {
            words = in.readLong();
        } else {
            while (wordsBytes < FrameHead.BYTES && in.isReadable()) {
                words = words << 8 | in.readUnsignedByte();
                wordsBytes++;
            }
            if (wordsBytes < FrameHead.BYTES) {
                return false;
            }
        }
        wordsBytes = 0;
        head = FrameHead.of((int) (words >>> 32), (int) words, limits);
        if (!verified && head.headerLength() > limits.unverifiedBytes()) {
            throw new ProtocolException(
                    "the first header of a connection may have "
                            + limits.unverifiedBytes()
                            + " bytes, not "
                            + head.headerLength());
        }
        stage = Stage.HEADER;
        return true;
    }

    private boolean readHeader(ByteBuf in, Sink sink) {
        if (!gathering.gather(in, head.headerLength())) {
            return false;
        }
        frame = decoder.decode(head.format(), gathering.view());
        gathering.clear();
        lastFormat = head.format();
        verified |= !frame.isResponse();
        int limit = frame.isResponse() ? limits.bodyBytes() : limits.bodyBytesOf(frame.code());
        if (head.bodyLength() > limit) {
            discard = head.bodyLength();
            stage = Stage.DISCARD;
            sink.tooLong(frame, head.bodyLength());
        } else {
            stage = Stage.BODY;
        }
        return true;
    }

    private boolean readBody(ByteBuf in, Sink sink) {
        if (head.bodyLength() == 0) {
            stage = Stage.HEAD;
            sink.frame(frame);
            return true;
        }
        if (!gathering.gather(in, head.bodyLength())) {
            return false;
        }
        stage = Stage.HEAD;
        sink.frame(frame.withBody(gathering.view()));
        gathering.clear();
        return true;
    }

    private boolean discard(ByteBuf in) {
        int count = Math.min(discard, in.readableBytes());
        in.skipBytes(count);
        discard -= count;
        if (discard > 0) {
            return false;
        }
        stage = Stage.HEAD;
        return true;
    }
}
