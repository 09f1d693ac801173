package bolide.protocol.offset;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Sends a group back, or ahead, in a topic: request 222.
 *
 * @param topic the topic
 * @param group the consumer group
 * @param timestamp to the first message stored then or later, milliseconds; {@link #TO_THE_END}:
 *     behind the last one
 * @param queueId the only queue it is about; {@link #ALL_QUEUES}: every one
 * @param offset where to, instead of by time; {@link #BY_TIME}: by time
 */
public record ResetOffset(String topic, String group, long timestamp, int queueId, long offset) {
    /** As timestamp: what is there is passed over. */
    public static final long TO_THE_END = -1;

    /** As number of a queue: all that the topic has. */
    public static final int ALL_QUEUES = -1;

    /** As offset: the timestamp says where to. */
    public static final long BY_TIME = -1;

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static ResetOffset decode(Frame frame) {
        Fields fields = frame.fields();
        return new ResetOffset(
                fields.text("topic"),
                fields.text("group"),
                fields.number("timestamp"),
                fields.integer("queueId", ALL_QUEUES),
                fields.number("offset", BY_TIME));
    }

    public Frame encode() {
        Fields fields =
                Fields.builder()
                        .put("topic", topic)
                        .put("group", group)
                        .put("timestamp", timestamp)
                        .put("isForce", true)
                        .put("queueId", queueId)
                        .put("offset", offset)
                        .build();
        return Frame.request(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET, fields);
    }
}
