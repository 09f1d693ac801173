package bolide.protocol.offset;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Which queue's committed offset a group asks for: request 14.
 *
 * @param group the consumer group
 * @param topic the topic
 * @param queueId the queue, counted from 0
 * @param zeroIfNotFound whether 0 may be answered for a queue that still holds its first message
 */
public record CommittedOffset(String group, String topic, int queueId, boolean zeroIfNotFound) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static CommittedOffset decode(Frame frame) {
        Fields fields = frame.fields();
        return new CommittedOffset(
                fields.text("consumerGroup"),
                fields.text("topic"),
                fields.integer("queueId"),
                fields.truth("setZeroIfNotFound", true));
    }

    public Frame encode() {
        Fields fields =
                Fields.builder()
                        .put("consumerGroup", group)
                        .put("topic", topic)
                        .put("queueId", queueId)
                        .put("setZeroIfNotFound", zeroIfNotFound)
                        .build();
        return Frame.request(RequestCode.QUERY_CONSUMER_OFFSET, fields);
    }
}
