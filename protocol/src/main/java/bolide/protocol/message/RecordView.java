package bolide.protocol.message;

import bolide.protocol.text.RecentTexts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Looks at a stored record in place. One view is moved from record to record, so that walking a log
 * makes no objects; not for several threads.
 */
public final class RecordView {
    /** What stands at the place that was looked at. */
    public enum Found {
        /** A record whose lengths agree with each other and with the space. */
        RECORD,
        /** The mark that the rest of the segment is unused. */
        BLANK,
        /** Zeros: nothing was written here. */
        NOTHING,
        /** Anything else. */
        DAMAGE
    }

    private final CRC32 crc = new CRC32();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private ByteBuffer summed = bytes; // the same bytes, with a position and a limit of our own
    private ByteBuffer summedOf = bytes;
    private int at;
    private int totalSize;
    private int sysFlag;
    private int bodyAt;
    private int bodyLength;
    private int topicAt;
    private int topicLength;
    private int propertiesAt;
    private int propertiesLength;
    private byte[] topicCopy = {};
    private String damage = "";

    /** A view of nothing; {@link #look} gives it something. */
    public RecordView() {}

    /**
     * Moves to the bytes at that index and checks their structure, not their checksums. What the
     * other methods say holds after {@link Found#RECORD}; after {@link Found#BLANK} only {@link
     * #totalSize}, the bytes to the segment's end.
     *
     * @param buffer its position is of no account and left alone
     * @param index where the record begins
     * @param limit index behind the last byte that may belong to the record, at most the buffer's
     *     limit
     */
    public Found look(ByteBuffer buffer, int index, int limit) {
        bytes = buffer;
        at = index;
        damage = "";
        if (limit - index < RecordLayout.BLANK_BYTES) {
            return damaged("only " + (limit - index) + " bytes are left");
        }
        totalSize = RecordLayout.totalSize(buffer, index);
        int magic = RecordLayout.magic(buffer, index);
        if (magic == RecordLayout.MAGIC_BLANK && totalSize >= RecordLayout.BLANK_BYTES) {
            return Found.BLANK;
        }
        if (totalSize == 0 && magic == 0) {
            return Found.NOTHING;
        }
        if (magic != RecordLayout.MAGIC_V1 && magic != RecordLayout.MAGIC_V2) {
            return damaged("magic is 0x" + Integer.toHexString(magic));
        }
        if (totalSize < RecordLayout.SMALLEST || totalSize > limit - index) {
            return damaged("size " + totalSize + " does not fit into " + (limit - index));
        }
        return lengths(magic == RecordLayout.MAGIC_V2 ? 2 : 1);
    }

    private Found lengths(int topicLengthBytes) {
        int end = at + totalSize;
        sysFlag = RecordLayout.sysFlag(bytes, at);
        int bodyLengthAt =
                RecordLayout.storeTimestampAt(sysFlag)
                        + 8
                        + ((sysFlag & SysFlag.STORE_HOST_V6) == 0
                                ? RecordLayout.HOST_V4_BYTES
                                : RecordLayout.HOST_V6_BYTES)
                        + 4
                        + 8;
        bodyAt = at + bodyLengthAt + 4;
        if (bodyAt > end) {
            return damaged("size " + totalSize + " ends before the body");
        }
        bodyLength = bytes.getInt(bodyAt - 4);
        if (bodyLength < 0 || bodyLength > end - bodyAt - topicLengthBytes - 2) {
            return damaged("body length " + bodyLength + " in a record of " + totalSize);
        }
        int topicLengthAt = bodyAt + bodyLength;
        topicAt = topicLengthAt + topicLengthBytes;
        topicLength =
                topicLengthBytes == 1
                        ? bytes.get(topicLengthAt) & 0xFF
                        : bytes.getShort(topicLengthAt) & 0xFFFF;
        if (topicLength > end - topicAt - 2) {
            return damaged("topic length " + topicLength + " in a record of " + totalSize);
        }
        propertiesAt = topicAt + topicLength + 2;
        propertiesLength = bytes.getShort(propertiesAt - 2) & 0xFFFF;
        if (propertiesAt + propertiesLength != end) {
            return damaged("properties of " + propertiesLength + " bytes miss the record's end");
        }
        return Found.RECORD;
    }

    /**
     * Compares the record, whose structure has been found whole, with its place and its checksums:
     * that of the whole record when there is one, else that of the body unless it was switched off.
     *
     * @param position where in the log the record was read, bytes from the log's start
     * @return what is wrong with it; empty when nothing is
     */
    public String verify(long position) {
        if (position() != position) {
            return "record says it belongs at position " + position();
        }
        int storedCrc = bytes.getInt(at + RecordLayout.BODY_CRC_AT);
        if (isSealed()) {
            if (!RecordCrc.matches(summed(), at, totalSize, crc)) {
                return "record checksum does not match";
            }
        } else if (storedCrc != 0 // 0: written with checksums switched off
                && storedCrc != RecordCrc.compute(summed(), bodyAt, bodyAt + bodyLength, crc)) {
            return "body checksum does not match";
        }
        return "";
    }

    /**
     * The same for a log in which every record carries its checksum. There a record without one has
     * been damaged in the very name of that property.
     *
     * @param position where in the log the record was read, bytes from the log's start
     * @return what is wrong with it; empty when nothing is
     */
    public String verifySealed(long position) {
        return isSealed() ? verify(position) : "record has no checksum of its own";
    }

    /**
     * @return whether the record carries a checksum of its own, be it right or wrong
     */
    public boolean isSealed() {
        return RecordCrc.isPresent(bytes, propertiesAt, propertiesLength);
    }

    private ByteBuffer summed() {
        if (summedOf != bytes) {
            summedOf = bytes;
            summed = bytes.duplicate().clear();
        }
        return summed;
    }

    /**
     * @return what is wrong with the structure; empty when nothing is
     */
    public String damage() {
        return damage;
    }

    /**
     * @return bytes of the record, or of the blank to the segment's end
     */
    public int totalSize() {
        return totalSize;
    }

    public int queueId() {
        return RecordLayout.queueId(bytes, at);
    }

    public long queueOffset() {
        return RecordLayout.queueOffset(bytes, at);
    }

    public long position() {
        return RecordLayout.position(bytes, at);
    }

    public int sysFlag() {
        return sysFlag;
    }

    /**
     * @return milliseconds of the broker's clock
     */
    public long storeTimestamp() {
        return bytes.getLong(at + RecordLayout.storeTimestampAt(sysFlag));
    }

    /**
     * @return see {@link TagHash}
     */
    public long tagHash() {
        return TagHash.ofProperties(bytes, propertiesAt, propertiesLength);
    }

    /**
     * @return whether this is the record's topic, in UTF-8; makes no objects
     */
    public boolean hasTopic(byte[] topic) {
        return topicLength == topic.length && hasTopicPrefix(topic);
    }

    /**
     * @return whether the record's topic begins so; makes no objects
     */
    public boolean hasTopicPrefix(byte[] prefix) {
        if (topicLength < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes.get(topicAt + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * @return the topic, a new object
     */
    public byte[] topic() {
        byte[] topic = new byte[topicLength];
        bytes.get(topicAt, topic);
        return topic;
    }

    /**
     * @return the topic, a new object
     */
    public String topicText() {
        return new String(topic(), StandardCharsets.UTF_8);
    }

    /**
     * @param recent topics that came lately
     * @return the topic, mostly without a new object
     */
    public String topicText(RecentTexts recent) {
        if (topicCopy.length < topicLength) {
            topicCopy = new byte[topicLength];
        }
        bytes.get(topicAt, topicCopy, 0, topicLength);
        return recent.of(topicCopy, 0, topicLength);
    }

    /**
     * @return what is looked at, to be read with absolute indexes only
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    /**
     * @return the index into {@link #bytes} of the topic's first byte
     */
    public int topicAt() {
        return topicAt;
    }

    /**
     * @return bytes of the topic
     */
    public int topicLength() {
        return topicLength;
    }

    /**
     * @return the index into {@link #bytes} of the properties' first byte
     */
    public int propertiesAt() {
        return propertiesAt;
    }

    /**
     * @return bytes of the properties, the record checksum included
     */
    public int propertiesLength() {
        return propertiesLength;
    }

    /**
     * @return the properties by name, without the record checksum; new objects
     */
    public Map<String, String> properties() {
        byte[] text = new byte[propertiesLength];
        bytes.get(propertiesAt, text);
        Map<String, String> properties =
                MessageProperties.decode(new String(text, StandardCharsets.UTF_8));
        properties.remove(PropertyNames.RECORD_CRC);
        return properties;
    }

    /**
     * @return the body, a view of the same bytes
     */
    public ByteBuffer body() {
        return bytes.slice(bodyAt, bodyLength);
    }

    private Found damaged(String what) {
        damage = what;
        return Found.DAMAGE;
    }
}
