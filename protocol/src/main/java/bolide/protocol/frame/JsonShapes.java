package bolide.protocol.frame;

import bolide.protocol.text.RecentTexts;
import java.nio.ByteBuffer;

/**
 * The shapes of the JSON headers that a connection has brought lately, one for each of a few kinds
 * of request. Not for several threads.
 */
final class JsonShapes {
    private static final int KINDS = 4;
    private static final int CODE_AT = 8; // peers write it first, behind {"code":

    private final JsonShape[] met = new JsonShape[KINDS];

    /**
     * @return the frame, without its body
     * @throws ProtocolException when the bytes are no header
     */
    Frame decode(ByteBuffer header, FrameLimits limits, RecentTexts recent) {
        byte[] bytes = copyOf(header); // for the fields to stay in
        int kind = kindOf(bytes);
        Frame frame = met[kind] == null ? null : met[kind].read(bytes, recent);
        if (frame == null) {
            frame = JsonHeader.decode(copyOf(header), limits, recent);
            JsonShape shape = JsonShape.of(copyOf(header), frame);
            met[kind] = shape == null ? met[kind] : shape;
        }
        return frame;
    }

    private static int kindOf(byte[] header) {
        int kind = 0;
        for (int at = CODE_AT; at < header.length && at < CODE_AT + 3; at++) {
            kind = 31 * kind + header[at];
        }
        return kind & KINDS - 1;
    }

    private static byte[] copyOf(ByteBuffer header) {
        byte[] copy = new byte[header.remaining()];
        header.get(header.position(), copy);
        return copy;
    }
}
