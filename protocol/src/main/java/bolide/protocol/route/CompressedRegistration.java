package bolide.protocol.route;

import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.json.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.text.Excerpt;
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
 * "name readQueues writeQueues perm filterType {attributes}" | what follows is of no use here
 * </pre>
 *
 * @param version which state of the topics this is
 * @param topics every topic of the broker
 */
record CompressedRegistration(DataVersion version, List<TopicConfig> topics) {
    private static final int ZLIB_HEAD = 0x78;

    static boolean isCompressed(ByteBuffer body) {
        return body.hasRemaining() && body.get(body.position()) == ZLIB_HEAD;
    }

    static CompressedRegistration read(ByteBuffer body) {
        ByteBuffer in = inflate(body);
        try {
            ByteBuffer versionJson = in.slice(in.position() + 4, checked(in.getInt(), in));
            in.position(in.position() + versionJson.remaining());
            DataVersion version = JsonBody.read(versionJson, "a data version", DataVersion::read);
            int count = in.getInt();
            List<TopicConfig> topics = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] text = new byte[checked(in.getInt(), in)];
                in.get(text);
                topics.add(topic(new String(text, StandardCharsets.UTF_8)));
            }
            return new CompressedRegistration(version, topics);
        } catch (BufferUnderflowException | IndexOutOfBoundsException endsEarly) {
            throw new InvalidRequestException("compressed registration ends early");
        }
    }

    private static int checked(int length, ByteBuffer in) {
        if (length < 0 || length > in.remaining()) {
            throw new InvalidRequestException(
                    "part of "
                            + length
                            + " bytes in a compressed registration with "
                            + in.remaining()
                            + " left");
        }
        return length;
    }

    private static TopicConfig topic(String text) {
        String[] words = text.split(" ", 6);
        if (words.length < 5) {
            throw new InvalidRequestException("topic in five words expected: " + Excerpt.of(text));
        }
        try {
            JsonWriter json = new JsonWriter();
            json.beginObject();
            json.name("topicName").value(words[0]);
            json.name("readQueueNums").value(Integer.parseInt(words[1]));
            json.name("writeQueueNums").value(Integer.parseInt(words[2]));
            json.name("perm").value(Integer.parseInt(words[3]));
            json.name("topicFilterType").value(words[4]);
            String withoutEnd = json.toString();
            String attributes = words.length == 6 && words[5].startsWith("{") ? words[5] : "{}";
            String whole = withoutEnd + ",\"attributes\":" + attributes + "}";
            return JsonBody.read(
                    ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8)),
                    "a topic",
                    (JsonReader reader) -> TopicConfig.read(reader));
        } catch (NumberFormatException notANumber) {
            throw new InvalidRequestException("topic with odd numbers: " + Excerpt.of(text));
        }
    }

    /** Inflates to no more than a plain registration may have. */
    private static ByteBuffer inflate(ByteBuffer body) {
        int limit = FrameLimits.SERVER.registrationBodyBytes();
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body.duplicate());
            byte[] out = new byte[Math.min(limit, 64 * 1024)];
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
                if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
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
}
