package bolide.protocol.topic;

import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
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
 * @param attributes further settings by name
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
    public static final String SINGLE_TAG = "SINGLE_TAG";

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

    public TopicConfig withPerm(int otherPerm) {
        return new TopicConfig(
                name, readQueues, writeQueues, otherPerm, filterType, sysFlag, order, attributes);
    }

    public static TopicConfig read(JsonReader json) {
        String name = "";
        int readQueues = 16; // what Apache's peers take for an absent number
        int writeQueues = 16;
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
                case "attributes" -> attributes = readAttributes(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new TopicConfig(
                name, readQueues, writeQueues, perm, filterType, sysFlag, order, attributes);
    }

    private static Map<String, String> readAttributes(JsonReader json) {
        if (json.nextIsNull()) {
            return Map.of();
        }
        Map<String, String> attributes = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            attributes.put(json.nextName(), json.nextAsText());
        }
        json.endObject();
        return Map.copyOf(attributes);
    }

    public void write(JsonWriter json) {
        json.beginObject();
        json.name("attributes").beginObject();
        new TreeMap<>(attributes).forEach((key, value) -> json.name(key).value(value));
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
