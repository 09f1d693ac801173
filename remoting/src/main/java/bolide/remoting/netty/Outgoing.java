package bolide.remoting.netty;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.HeaderEncoder;
import bolide.remoting.Payload;

/** A frame that is to be written, its header encoded; a link in the chain of an {@link Outbox}. */
final class Outgoing {
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
            FrameHead head = new FrameHead(frame.format(), header.length, body.size());
            encoded = true;
            return new Outgoing(head, header, body);
        } finally {
            if (!encoded) {
                body.released().run();
            }
        }
    }
}
