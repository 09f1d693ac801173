package bolide.protocol.frame;

import bolide.protocol.text.RecentTexts;
import java.nio.ByteBuffer;

/**
 * The shapes of the JSON headers that a connection has brought lately, one for each of a few kinds
 * of frame. Not for several threads.
 */
final class JsonShapes {
    private static final int KINDS = 8;
    private static final int CODE_AT = 8; // peers write it first, behind {"code":
    private static final int FIELD_AT = 24; // about where the first field's name is, then
    private static final int LOOKED_AT = 4; // bytes at each of both
    private static final int PATIENCE = 16; // misses in a row until only one in so many is learned

    private final JsonShape[] met = new JsonShape[KINDS];
    private final int[] misses = new int[KINDS]; // since the last header of a shape that was met

    /**
     * @return the frame, without its body
     * @throws ProtocolException when the bytes are no header
     */
    Frame decode(ByteBuffer header, FrameLimits limits, RecentTexts recent) {
        byte[] bytes = copyOf(header); // for the fields to stay in
        int kind = kindOf(bytes);
        if (met[kind] != null) {
            Frame frame = met[kind].read(bytes, recent);
            if (frame != null) {
                misses[kind] = 0;
                return frame;
            }
            bytes = copyOf(header);
        }
        Frame frame = JsonHeader.decode(bytes, limits, recent);
        if (header.remaining() <= JsonShape.MOST_BYTES && isWorthLearning(kind)) {
            learn(kind, JsonShape.of(copyOf(header), frame));
        }
        return frame;
    }

    /** Some peers write no header like another. */
    private boolean isWorthLearning(int kind) {
        int missed = misses[kind]++;
        return missed < PATIENCE || missed % PATIENCE == 0;
    }

    private void learn(int kind, JsonShape shape) {
        if (shape != null) {
            met[kind] = shape;
        }
    }

    private static int kindOf(byte[] header) {
        return mixed(header, FIELD_AT, mixed(header, CODE_AT, 0)) & KINDS - 1;
    }

    private static int mixed(byte[] header, int from, int before) {
        int mixed = before;
        for (int at = from; at < from + LOOKED_AT && at < header.length; at++) {
            mixed = 31 * mixed + header[at];
        }
        return mixed ^ mixed >>> LOOKED_AT;
    }

    private static byte[] copyOf(ByteBuffer header) {
        byte[] copy = new byte[header.remaining()];
        header.get(header.position(), copy);
        return copy;
    }
}
