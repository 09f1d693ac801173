package bolide.protocol.statistics;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * From when to when a queue has messages, and where in that time a group is: part of the answer to
 * request 303. Times are store times in milliseconds.
 *
 * @param queue which queue
 * @param minTime of its first message; -1 when it has none
 * @param maxTime of its last message; -1 when it has none
 * @param consumeTime of the last message that the group has consumed; that of the first message
 *     when it has consumed none
 * @param delay how long the next message has been waiting for the group, milliseconds; 0 when none
 *     waits
 */
public record ConsumeTimeSpan(
        MessageQueue queue, long minTime, long maxTime, long consumeTime, long delay) {

    /**
     * @return the answer
     */
    public static ByteBuffer encode(List<ConsumeTimeSpan> spans) {
        return JsonBody.write(json -> {
            json.beginObject().name("consumeTimeSpanSet").beginArray();
            spans.forEach(span -> span.write(json));
            json.endArray().endObject();
        });
    }

    private void write(JsonWriter json) {
        json.beginObject();
        json.name("consumeTimeStamp").value(consumeTime);
        json.name("delayTime").value(delay);
        json.name("maxTimeStamp").value(maxTime);
        queue.write(json.name("messageQueue"));
        json.name("minTimeStamp").value(minTime);
        json.endObject();
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static List<ConsumeTimeSpan> decode(ByteBuffer body) {
        return JsonBody.read(body, "a list of time spans", ConsumeTimeSpan::readAll);
    }

    private static List<ConsumeTimeSpan> readAll(JsonReader json) {
        List<ConsumeTimeSpan> spans = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("consumeTimeSpanSet")) {
                spans = JsonBody.readList(json, ConsumeTimeSpan::read);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return spans;
    }

    private static ConsumeTimeSpan read(JsonReader json) {
        MessageQueue queue = new MessageQueue("", "", 0);
        long min = 0;
        long max = 0;
        long consume = 0;
        long delay = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "messageQueue" -> queue = MessageQueue.read(json);
                case "minTimeStamp" -> min = json.nextLong(0);
                case "maxTimeStamp" -> max = json.nextLong(0);
                case "consumeTimeStamp" -> consume = json.nextLong(0);
                case "delayTime" -> delay = json.nextLong(0);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new ConsumeTimeSpan(queue, min, max, consume, delay);
    }
}
