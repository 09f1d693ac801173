package bolide.remoting.netty;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.HeaderEncoder;
import bolide.protocol.frame.HeaderFormat;
import bolide.remoting.Payload;

/** A frame that is to be written, its header encoded; a link in the chain of an {@link Outbox}. */
final class Outgoing {
    private static final int LONGEST_HEADER = 0xFFFFFF;
    private static final int LONGEST_BODY = Integer.MAX_VALUE - LONGEST_HEADER - 4;

    final FrameHead head;
    final byte[] header;
    final Payload body;
    Outgoing next;

    private Outgoing(FrameHead head, byte[] header, Payload body) {
        this.head = head;
        this.header = header;
        this.body = body;
    }

    /**
     * @throws IllegalArgumentException when the frame is longer than its length words can say; the
     *     payload has been released then
     */
    static Outgoing of(Frame frame, Payload body) {
        boolean encoded = false;
        try {
            byte[] header = HeaderEncoder.encode(frame);
            FrameHead head = head(frame.format(), header.length, body.size());
            encoded = true;
            return new Outgoing(head, header, body);
        } finally {
            if (!encoded) {
                body.released().run();
            }
        }
    }

    /**
     * @throws IllegalArgumentException when the frame is longer than its length words can say
     */
    static FrameHead head(HeaderFormat format, int headerBytes, int bodyBytes) {
        if (headerBytes > LONGEST_HEADER || bodyBytes < 0 || bodyBytes > LONGEST_BODY) {
            throw new IllegalArgumentException(
                    "no frame holds a header of "
                            + headerBytes
                            + " and a body of "
                            + bodyBytes
                            + " bytes");
        }
        return new FrameHead(format, headerBytes, bodyBytes);
    }
}
