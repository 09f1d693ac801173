package bolide.protocol.lock;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
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

    /**
     * @param code which of the two requests
     * @return the request, which asks this one broker and not its replicas too
     */
    public Frame encode(int code) {
        return Frame.request(
                code,
                Fields.NONE,
                JsonBody.write(json -> {
                    json.beginObject();
                    json.name("clientId").value(clientId);
                    json.name("consumerGroup").value(group);
                    json.name("mqSet").beginArray();
                    queues.forEach(queue -> queue.write(json));
                    json.endArray();
                    json.name("onlyThisBroker").value(false);
                    json.endObject();
                }));
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

    /**
     * @return the queues that the member now holds, from the answer to a lock
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static List<MessageQueue> decodeLocked(ByteBuffer body) {
        return JsonBody.read(body, "a list of locked queues", LockRequest::readLocked);
    }

    private static List<MessageQueue> readLocked(JsonReader json) {
        List<MessageQueue> locked = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("lockOKMQSet")) {
                locked = JsonBody.readList(json, MessageQueue::read);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return locked;
    }
}
