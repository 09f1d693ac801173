package bolide.protocol.offset;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Offsets by queue: the answer to request 222, and parts of other bodies. */
public final class QueueOffsets {
    private QueueOffsets() {}

    /**
     * @return the answer to request 222
     */
    public static ByteBuffer encode(Map<MessageQueue, Long> offsets) {
        return JsonBody.write(json -> {
            json.beginObject();
            write(offsets, json.name("offsetTable"));
            json.endObject();
        });
    }

    static void write(Map<MessageQueue, Long> offsets, JsonWriter json) {
        json.beginObject();
        offsets.forEach((queue, offset) -> {
            queue.writeAsName(json);
            json.value(offset);
        });
        json.endObject();
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static SortedMap<MessageQueue, Long> decode(ByteBuffer body) {
        return JsonBody.read(body, "offsets by queue", QueueOffsets::readBody);
    }

    private static SortedMap<MessageQueue, Long> readBody(JsonReader json) {
        SortedMap<MessageQueue, Long> offsets = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("offsetTable")) {
                offsets = read(json);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return offsets;
    }

    static SortedMap<MessageQueue, Long> read(JsonReader json) {
        SortedMap<MessageQueue, Long> offsets = new TreeMap<>();
        if (json.nextIsNull()) {
            return offsets;
        }
        json.beginObject();
        while (json.hasNext()) {
            MessageQueue queue = MessageQueue.ofName(json.nextName());
            offsets.put(queue, json.nextLong(0));
        }
        json.endObject();
        return offsets;
    }
}
