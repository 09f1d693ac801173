package bolide.protocol.route;

import bolide.protocol.frame.FrameLimits;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * One queue of a topic on one broker. Sorted by topic, broker and number, as every client sorts
 * them before it divides them up.
 *
 * @param topic the topic
 * @param brokerName the broker that holds it
 * @param queueId the queue, counted from 0
 */
public record MessageQueue(String topic, String brokerName, int queueId)
        implements Comparable<MessageQueue> {
    private static final Comparator<MessageQueue> ORDER =
            Comparator.comparing(MessageQueue::topic)
                    .thenComparing(MessageQueue::brokerName)
                    .thenComparingInt(MessageQueue::queueId);

    @Override
    public int compareTo(MessageQueue other) {
        return ORDER.compare(this, other);
    }

    /**
     * @throws bolide.protocol.json.JsonException when the next value is not a queue
     */
    public static MessageQueue read(JsonReader json) {
        String topic = "";
        String brokerName = "";
        int queueId = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "topic" -> topic = json.nextText("");
                case "brokerName" -> brokerName = json.nextText("");
                case "queueId" -> queueId = json.nextInt(0);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new MessageQueue(topic, brokerName, queueId);
    }

    public void write(JsonWriter json) {
        json.beginObject();
        json.name("brokerName").value(brokerName);
        json.name("queueId").value(queueId);
        json.name("topic").value(topic);
        json.endObject();
    }

    /** Writes the queue as the key of a map, as Apache's peers do: an object in place of a text. */
    public void writeAsName(JsonWriter json) {
        write(json);
        json.asName();
    }

    /**
     * @param name the key of a map as {@link JsonReader#nextName} gives it
     * @throws bolide.protocol.json.JsonException when the key is not a queue
     */
    public static MessageQueue ofName(String name) {
        ByteBuffer utf8 = ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
        return read(new JsonReader(utf8, FrameLimits.JSON_DEPTH));
    }
}
