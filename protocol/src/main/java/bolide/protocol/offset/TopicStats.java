package bolide.protocol.offset;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far each queue of a topic reaches: the answer to request 202.
 *
 * @param queues what each queue holds
 */
public record TopicStats(SortedMap<MessageQueue, Reach> queues) {
    /**
     * How far one queue reaches.
     *
     * @param minOffset of its first message
     * @param maxOffset one past that of its last
     * @param lastUpdateMillis when its last message was stored; 0: it has none
     */
    public record Reach(long minOffset, long maxOffset, long lastUpdateMillis) {
        /** A queue that was never used. */
        public static final Reach NONE = new Reach(0, 0, 0);

        private static Reach read(JsonReader json) {
            long min = 0;
            long max = 0;
            long lastUpdate = 0;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "minOffset" -> min = json.nextLong(0);
                    case "maxOffset" -> max = json.nextLong(0);
                    case "lastUpdateTimestamp" -> lastUpdate = json.nextLong(0);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new Reach(min, max, lastUpdate);
        }

        private void write(JsonWriter json) {
            json.beginObject();
            json.name("lastUpdateTimestamp").value(lastUpdateMillis);
            json.name("maxOffset").value(maxOffset);
            json.name("minOffset").value(minOffset);
            json.endObject();
        }
    }

    /**
     * @return the body, with whole queues for keys as tools expect it
     */
    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject().name("offsetTable").beginObject();
            queues.forEach((queue, reach) -> {
                queue.write(json);
                json.asName();
                reach.write(json);
            });
            json.endObject().endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static TopicStats decode(ByteBuffer body) {
        return JsonBody.read(body, "statistics of a topic", TopicStats::read);
    }

    private static TopicStats read(JsonReader json) {
        SortedMap<MessageQueue, Reach> queues = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("offsetTable") && !json.nextIsNull()) {
                json.beginObject();
                while (json.hasNext()) {
                    queues.put(queueOf(json.nextName()), Reach.read(json));
                }
                json.endObject();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return new TopicStats(queues);
    }

    private static MessageQueue queueOf(String key) {
        ByteBuffer source = ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
        return MessageQueue.read(new JsonReader(source, FrameLimits.JSON_DEPTH));
    }
}
