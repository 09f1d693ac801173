package bolide.protocol.statistics;

import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.route.MessageQueue;

/**
 * How far a group has come in a queue.
 *
 * @param queue which queue
 * @param brokerOffset one past the queue's last message
 * @param consumerOffset the first message that the group has not consumed
 * @param pullOffset the first message that no member has been given
 * @param lastTimestamp when the last message was stored that the group has consumed, milliseconds;
 *     0 when that is not known
 */
public record QueueProgress(
        MessageQueue queue,
        long brokerOffset,
        long consumerOffset,
        long pullOffset,
        long lastTimestamp) {

    static QueueProgress read(MessageQueue queue, JsonReader json) {
        long broker = 0;
        long consumer = 0;
        long pull = 0;
        long last = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "brokerOffset" -> broker = json.nextLong(0);
                case "consumerOffset" -> consumer = json.nextLong(0);
                case "pullOffset" -> pull = json.nextLong(0);
                case "lastTimestamp" -> last = json.nextLong(0);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new QueueProgress(queue, broker, consumer, pull, last);
    }

    void write(JsonWriter json) {
        queue.writeAsName(json);
        json.beginObject();
        json.name("brokerOffset").value(brokerOffset);
        json.name("consumerOffset").value(consumerOffset);
        json.name("lastTimestamp").value(lastTimestamp);
        json.name("pullOffset").value(pullOffset);
        json.endObject();
    }
}
