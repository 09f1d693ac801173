package bolide.protocol.message;

import bolide.protocol.frame.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a batch send: messages of one topic, one behind the other.
 *
 * <pre>
 * totalSize i32 | magic i32 | crc i32 | flag i32 | body: i32 length, bytes | properties: u16 length, UTF-8
 * </pre>
 */
public final class BatchBody {
    /**
     * One message of a batch.
     *
     * @param flag the application's number
     * @param body its body
     * @param properties its properties in UTF-8 from position to limit, see {@link
     *     MessageProperties}
     */
    public record Element(int flag, ByteBuffer body, ByteBuffer properties) {
        /** With properties as text. */
        public Element(int flag, ByteBuffer body, String properties) {
            this(flag, body, ByteBuffer.wrap(properties.getBytes(StandardCharsets.UTF_8)));
        }

        /**
         * @return the properties as text
         */
        public String propertyText() {
            return StandardCharsets.UTF_8.decode(properties.duplicate()).toString();
        }
    }

    private static final int FIXED_BYTES = 4 + 4 + 4 + 4 + 4 + 2;

    private BatchBody() {}

    /**
     * @return the messages; their bodies and properties are views of the given bytes
     * @throws InvalidRequestException when the bytes are not a batch of at least one message
     */
    public static List<Element> decode(ByteBuffer batch) {
        List<Element> elements = new ArrayList<>();
        int at = batch.position();
        while (at < batch.limit()) {
            int left = batch.limit() - at;
            int totalSize = left < 4 ? -1 : batch.getInt(at);
            if (totalSize < FIXED_BYTES || totalSize > left) {
                throw broken(elements.size(), "size " + totalSize + " where " + left + " are left");
            }
            int bodyLength = batch.getInt(at + 16);
            if (bodyLength < 0 || bodyLength > totalSize - FIXED_BYTES) {
                throw broken(elements.size(), "body length " + bodyLength);
            }
            int propertiesAt = at + 20 + bodyLength + 2;
            int propertiesLength = batch.getShort(propertiesAt - 2) & 0xFFFF;
            if (propertiesAt + propertiesLength != at + totalSize) {
                throw broken(elements.size(), "properties length " + propertiesLength);
            }
            elements.add(
                    new Element(
                            batch.getInt(at + 12),
                            batch.slice(at + 20, bodyLength),
                            batch.slice(propertiesAt, propertiesLength)));
            at += totalSize;
        }
        if (elements.isEmpty()) {
            throw new InvalidRequestException("batch holds no message");
        }
        return elements;
    }

    /**
     * @return the batch's bytes
     * @throws IllegalArgumentException when an element's properties exceed {@link
     *     MessageProperties#MAX_BYTES}
     */
    public static ByteBuffer encode(List<Element> elements) {
        int bytes = 0;
        for (Element element : elements) {
            int properties = element.properties().remaining();
            if (properties > MessageProperties.MAX_BYTES) {
                throw new IllegalArgumentException("properties of " + properties + " bytes");
            }
            bytes += sizeOf(element);
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        for (Element element : elements) {
            out.putInt(sizeOf(element));
            out.putInt(0).putInt(0);
            out.putInt(element.flag());
            out.putInt(element.body().remaining()).put(element.body().duplicate());
            out.putShort((short) element.properties().remaining());
            out.put(element.properties().duplicate());
        }
        return out.flip();
    }

    private static int sizeOf(Element element) {
        return FIXED_BYTES + element.body().remaining() + element.properties().remaining();
    }

    private static InvalidRequestException broken(int index, String what) {
        return new InvalidRequestException("message " + index + " of the batch: " + what);
    }
}
