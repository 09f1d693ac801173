package bolide.protocol.route;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.topic.TopicConfig;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A registration's body in its compressed form: deflated, and within it
 *
 * <pre>
 * i32 length, data version as JSON | i32 count of topics, each i32 length and the text
 * of {@link TopicConfig#ofLine} | what follows is of no use here
 * </pre>
 *
 * @param version which state of the topics this is
 * @param topics every topic of the broker
 */
record CompressedRegistration(DataVersion version, List<TopicConfig> topics) {
    private static final int ZLIB_HEAD = 0x78;
    private static final int LARGEST_RATIO = 100;
    private static final int SMALLEST_LIMIT = 64 * 1024; // bytes that any body may inflate to

    /**
     * @return whether the body begins as deflated data does and as no JSON text can
     */
    static boolean isCompressed(ByteBuffer body) {
        return body.hasRemaining() && body.get(body.position()) == ZLIB_HEAD;
    }

    /**
     * @throws InvalidRequestException when the body is anything else, or inflates too much
     */
    static CompressedRegistration read(ByteBuffer body) {
        ByteBuffer in = inflate(body);
        try {
            DataVersion version = JsonBody.read(part(in), "a data version", DataVersion::read);
            int count = in.getInt();
            if (count < 0) {
                throw new InvalidRequestException(
                        "compressed registration of " + count + " topics");
            }
            List<TopicConfig> topics = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                topics.add(TopicConfig.ofLine(text(part(in))));
            }
            return new CompressedRegistration(version, topics);
        } catch (BufferUnderflowException endsEarly) {
            throw new InvalidRequestException("compressed registration ends early");
        }
    }

    /** Reads a length and the bytes that it counts. */
    private static ByteBuffer part(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new InvalidRequestException(
                    "part of "
                            + length
                            + " bytes in a compressed registration with "
                            + in.remaining()
                            + " left");
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static String text(ByteBuffer part) {
        return new String(
                part.array(), part.arrayOffset(), part.remaining(), StandardCharsets.UTF_8);
    }

    private static ByteBuffer inflate(ByteBuffer body) {
        int limit = largest(body.remaining());
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body.duplicate());
            byte[] out = new byte[Math.min(limit, 1024 + 4 * body.remaining())];
            int length = 0;
            while (!inflater.finished()) {
                if (length == out.length) {
                    if (length == limit) {
                        throw new InvalidRequestException(
                                "registration inflates to more than " + limit + " bytes");
                    }
                    out = Arrays.copyOf(out, Math.min(limit, 2 * length));
                }
                int got = inflater.inflate(out, length, out.length - length);
                if (got == 0 && !inflater.finished()) {
                    throw new InvalidRequestException("compressed registration ends early");
                }
                length += got;
            }
            return ByteBuffer.wrap(out, 0, length);
        } catch (DataFormatException notDeflated) {
            throw new InvalidRequestException("registration is not deflated data");
        } finally {
            inflater.end();
        }
    }

    /**
     * @return what a body may inflate to: as much as a plain one may have and the ratio allows
     */
    private static int largest(int compressed) {
        long byRatio = Math.max(SMALLEST_LIMIT, (long) LARGEST_RATIO * compressed);
        return (int) Math.min(FrameLimits.SERVER.registrationBodyBytes(), byRatio);
    }
}
