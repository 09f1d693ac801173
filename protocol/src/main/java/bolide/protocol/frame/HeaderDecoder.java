package bolide.protocol.frame;

import bolide.protocol.text.RecentTexts;
import java.nio.ByteBuffer;

/**
 * Reads the frame headers of one connection. Total: any bytes give a frame or a {@link
 * ProtocolException}. Not for several threads.
 */
public final class HeaderDecoder {
    private static final int RECENT = 32; // groups, topics and words that come again
    private static final int LONGEST_RECENT = 64; // what is longer mostly comes once

    private final FrameLimits limits;
    private final RecentTexts recent = new RecentTexts(RECENT, LONGEST_RECENT);
    private final JsonShapes shapes = new JsonShapes();

    public HeaderDecoder(FrameLimits limits) {
        this.limits = limits;
    }

    /**
     * @param header the header's bytes from position to limit, all of them; where its position is
     *     afterwards depends on the format
     * @return the frame, still without its body
     * @throws ProtocolException when the bytes are not a header
     */
    public Frame decode(HeaderFormat format, ByteBuffer header) {
        return format == HeaderFormat.JSON
                ? shapes.decode(header, limits, recent)
                : BinaryHeader.decode(header, limits, recent);
    }
}
