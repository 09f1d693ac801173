package bolide.protocol.offset;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.json.JsonReader;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far the members of a group say they have come: request 223, and 221 to each member. */
public final class ConsumerStatus {
    /**
     * Asks for it.
     *
     * @param topic the topic
     * @param group the consumer group
     * @param clientId of the only member that is asked; empty: all are
     */
    public record Question(String topic, String group, String clientId) {
        /**
         * @throws bolide.protocol.frame.InvalidRequestException when a field is missing
         */
        public static Question decode(Frame frame) {
            Fields fields = frame.fields();
            return new Question(
                    fields.text("topic"), fields.text("group"), fields.text("clientAddr", ""));
        }

        /**
         * @return the question to a member
         */
        public Frame toMember() {
            return Frame.request(
                    RequestCode.GET_CONSUMER_STATUS_FROM_CLIENT,
                    Fields.builder().put("topic", topic).put("group", group).build());
        }
    }

    private ConsumerStatus() {}

    /**
     * @return the answer to 223: offsets by member and queue
     */
    public static ByteBuffer encode(SortedMap<String, SortedMap<MessageQueue, Long>> members) {
        return JsonBody.write(json -> {
            json.beginObject().name("consumerTable").beginObject();
            members.forEach((member, offsets) -> QueueOffsets.write(offsets, json.name(member)));
            json.endObject().endObject();
        });
    }

    /**
     * @param body the answer of a member to 221
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static SortedMap<MessageQueue, Long> decodeMember(ByteBuffer body) {
        return JsonBody.read(body, "a member's offsets", ConsumerStatus::readMember);
    }

    private static SortedMap<MessageQueue, Long> readMember(JsonReader json) {
        SortedMap<MessageQueue, Long> offsets = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("messageQueueTable")) {
                offsets = QueueOffsets.read(json);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return offsets;
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static SortedMap<String, SortedMap<MessageQueue, Long>> decode(ByteBuffer body) {
        return JsonBody.read(body, "members' offsets", ConsumerStatus::read);
    }

    private static SortedMap<String, SortedMap<MessageQueue, Long>> read(JsonReader json) {
        SortedMap<String, SortedMap<MessageQueue, Long>> members = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("consumerTable")) {
                json.beginObject();
                while (json.hasNext()) {
                    members.put(json.nextName(), QueueOffsets.read(json));
                }
                json.endObject();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return members;
    }
}
