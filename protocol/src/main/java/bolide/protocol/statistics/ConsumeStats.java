package bolide.protocol.statistics;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a group has come: the answer to request 208.
 *
 * @param queues in each queue
 * @param perSecond messages that it was given, of the last minute
 */
public record ConsumeStats(List<QueueProgress> queues, double perSecond) {

    public ByteBuffer encode() {
        return JsonBody.write(this::write);
    }

    void write(JsonWriter json) {
        json.beginObject();
        json.name("consumeTps").value(perSecond);
        json.name("offsetTable").beginObject();
        queues.forEach(queue -> queue.write(json));
        json.endObject();
        json.endObject();
    }

    /**
     * @return how many messages the group has not consumed
     */
    public long behind() {
        long behind = 0;
        for (QueueProgress queue : queues) {
            behind += queue.brokerOffset() - queue.consumerOffset();
        }
        return behind;
    }

    /**
     * @return how many messages its members have, and have not consumed
     */
    public long inFlight() {
        long inFlight = 0;
        for (QueueProgress queue : queues) {
            inFlight += queue.pullOffset() - queue.consumerOffset();
        }
        return inFlight;
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static ConsumeStats decode(ByteBuffer body) {
        return JsonBody.read(body, "consume statistics", ConsumeStats::read);
    }

    static ConsumeStats read(JsonReader json) {
        List<QueueProgress> queues = new ArrayList<>();
        double perSecond = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "consumeTps" -> perSecond = json.nextDouble(0);
                case "offsetTable" -> {
                    json.beginObject();
                    while (json.hasNext()) {
                        MessageQueue queue = MessageQueue.ofName(json.nextName());
                        queues.add(QueueProgress.read(queue, json));
                    }
                    json.endObject();
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new ConsumeStats(queues, perSecond);
    }
}
