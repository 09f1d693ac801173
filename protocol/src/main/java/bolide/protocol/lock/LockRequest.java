package bolide.protocol.lock;

import bolide.protocol.frame.Frame;
import bolide.protocol.json.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The queues that an orderly consumer wants for itself (41) or gives back (42).
 *
 * @param group the consumer group
 * @param clientId the member that asks
 * @param queues the queues
 */
public record LockRequest(String group, String clientId, List<MessageQueue> queues) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static LockRequest decode(Frame frame) {
        return JsonBody.read(frame.body(), "a lock request", LockRequest::read);
    }

    private static LockRequest read(JsonReader json) {
        String group = "";
        String clientId = "";
        List<MessageQueue> queues = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "consumerGroup" -> group = json.nextText("");
                case "clientId" -> clientId = json.nextText("");
                case "mqSet" -> queues = JsonBody.readList(json, MessageQueue::read);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new LockRequest(group, clientId, queues);
    }

    /**
     * @return the answer to a lock: those of the queues that the member now holds
     */
    public static ByteBuffer encodeLocked(List<MessageQueue> locked) {
        return JsonBody.write(json -> {
            json.beginObject().name("lockOKMQSet").beginArray();
            locked.forEach(queue -> queue.write(json));
            json.endArray().endObject();
        });
    }
}
