package bolide.remoting;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameHead;
import bolide.protocol.frame.HeaderEncoder;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.Language;
import bolide.protocol.frame.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as tests write them to a socket by hand. */
public final class Wire {
    private Wire() {}

    public static Frame request(HeaderFormat format, int code, int opaque) {
        return new Frame(
                format,
                code,
                Language.GO,
                Version.V4_9_4,
                opaque,
                0,
                "",
                Fields.builder().put("topic", "T").build(),
                Frame.emptyBody());
    }

    public static Frame request(int code, int opaque) {
        return request(HeaderFormat.JSON, code, opaque);
    }

    public static ByteBuffer text(String content) {
        return ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
    }

    public static String text(ByteBuffer content) {
        return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
    }

    public static byte[] bytes(Frame frame) {
        return bytes(frame.format().mark(), HeaderEncoder.encode(frame), frame.body());
    }

    /** A frame around any bytes, sense or nonsense. */
    public static byte[] bytes(int mark, byte[] header, ByteBuffer body) {
        int size = FrameHead.BYTES + header.length + body.remaining();
        return ByteBuffer.allocate(size)
                .putInt(size - 4)
                .putInt(mark << 24 | header.length)
                .put(header)
                .put(body.duplicate())
                .array();
    }

    public static byte[] head(int length, int mark) {
        return ByteBuffer.allocate(FrameHead.BYTES).putInt(length).putInt(mark).array();
    }
}
