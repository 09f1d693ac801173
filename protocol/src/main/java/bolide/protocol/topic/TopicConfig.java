package bolide.protocol.topic;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.text.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a topic is laid out on one broker.
 *
 * @param name the topic
 * @param readQueues queues that consumers see
 * @param writeQueues queues that producers see
 * @param perm see {@link Permission}
 * @param filterType SINGLE_TAG or MULTI_TAG
 * @param sysFlag bit 0: of a unit, bit 1: subscribed by a unit
 * @param order whether producers rely on the order of its queues
 * @param attributes further settings by name; copied and sorted by it
 */
public record TopicConfig(
        String name,
        int readQueues,
        int writeQueues,
        int perm,
        String filterType,
        int sysFlag,
        boolean order,
        Map<String, String> attributes) {
    /** The filter type of a topic whose messages have one tag at most; all have it today. */
    public static final String SINGLE_TAG = "SINGLE_TAG";

    /** The bit of {@code sysFlag} that a topic of a unit has. */
    public static final int OF_UNIT = 1;

    /** The bit of {@code sysFlag} that a topic has to which a unit subscribes. */
    public static final int SUBSCRIBED_BY_UNIT = 2;

    private static final int ABSENT_QUEUES = 16; // what Apache's peers take for an absent number

    public TopicConfig {
        attributes =
                attributes.isEmpty() // no Map.copyOf: it is slow with names of one hash code
                        ? Map.of()
                        : Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** A readable and writable topic without anything special. */
    public static TopicConfig of(String name, int queues) {
        return new TopicConfig(
                name, queues, queues, Permission.READ_WRITE, SINGLE_TAG, 0, false, Map.of());
    }

    /**
     * @return how many queues there are for anybody
     */
    public int queues() {
        return Math.max(readQueues, writeQueues);
    }

    public TopicConfig withName(String otherName) {
        return new TopicConfig(
                otherName, readQueues, writeQueues, perm, filterType, sysFlag, order, attributes);
    }

    public TopicConfig withPerm(int otherPerm) {
        return new TopicConfig(
                name, readQueues, writeQueues, otherPerm, filterType, sysFlag, order, attributes);
    }

    public TopicConfig withAttributes(Map<String, String> otherAttributes) {
        return new TopicConfig(
                name, readQueues, writeQueues, perm, filterType, sysFlag, order, otherAttributes);
    }

    /**
     * Reads the form that a compressed registration has: {@code name readQueues writeQueues perm
     * filterType}, of newer brokers followed by the attributes as a JSON object.
     *
     * @throws InvalidRequestException when the line is anything else
     */
    public static TopicConfig ofLine(String line) {
        int nameEnd = wordEnd(line, 0);
        int readEnd = wordEnd(line, nameEnd + 1);
        int writeEnd = wordEnd(line, readEnd + 1);
        int permEnd = wordEnd(line, writeEnd + 1);
        int space = line.indexOf(' ', permEnd + 1);
        int typeEnd = space < 0 ? line.length() : space;
        String rest = line.substring(typeEnd);
        try {
            return new TopicConfig(
                    line.substring(0, nameEnd),
                    Integer.parseInt(line, nameEnd + 1, readEnd, 10),
                    Integer.parseInt(line, readEnd + 1, writeEnd, 10),
                    Integer.parseInt(line, writeEnd + 1, permEnd, 10),
                    line.substring(permEnd + 1, typeEnd),
                    0,
                    false,
                    rest.isBlank() ? Map.of() : attributesOf(rest));
        } catch (NumberFormatException notANumber) {
            throw new InvalidRequestException(
                    "queues and perm of a topic are numbers; this is " + Excerpt.of(line));
        }
    }

    private static int wordEnd(String line, int from) {
        int end = line.indexOf(' ', from);
        if (end < 0) {
            throw new InvalidRequestException(
                    "a topic has five words; this is " + Excerpt.of(line));
        }
        return end;
    }

    /**
     * @param json an object of texts, or null
     * @throws InvalidRequestException when the text is anything else
     */
    private static Map<String, String> attributesOf(String json) {
        ByteBuffer text = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
        return JsonBody.read(text, "attributes of a topic", JsonBody::readTextsByName);
    }

    /**
     * @throws bolide.protocol.json.JsonException when the next value is not a topic
     */
    public static TopicConfig read(JsonReader json) {
        String name = "";
        int readQueues = ABSENT_QUEUES;
        int writeQueues = ABSENT_QUEUES;
        int perm = Permission.READ_WRITE;
        String filterType = SINGLE_TAG;
        int sysFlag = 0;
        boolean order = false;
        Map<String, String> attributes = Map.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "topicName" -> name = json.nextText("");
                case "readQueueNums" -> readQueues = json.nextInt(readQueues);
                case "writeQueueNums" -> writeQueues = json.nextInt(writeQueues);
                case "perm" -> perm = json.nextInt(perm);
                case "topicFilterType" -> filterType = json.nextText(SINGLE_TAG);
                case "topicSysFlag" -> sysFlag = json.nextInt(0);
                case "order" -> order = json.nextBoolean(false);
                case "attributes" -> attributes = JsonBody.readTextsByName(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new TopicConfig(
                name, readQueues, writeQueues, perm, filterType, sysFlag, order, attributes);
    }

    /**
     * @return the answer to request 351
     */
    public ByteBuffer encode() {
        return JsonBody.write(this::write);
    }

    public void write(JsonWriter json) {
        json.beginObject();
        json.name("attributes").beginObject();
        attributes.forEach((key, value) -> json.name(key).value(value));
        json.endObject();
        json.name("order").value(order);
        json.name("perm").value(perm);
        json.name("readQueueNums").value(readQueues);
        json.name("topicFilterType").value(filterType);
        json.name("topicName").value(name);
        json.name("topicSysFlag").value(sysFlag);
        json.name("writeQueueNums").value(writeQueues);
        json.endObject();
    }
}
