package bolide.protocol.offset;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Tells how far a group has come in a queue: request 15.
 *
 * @param group the consumer group
 * @param topic the topic
 * @param queueId the queue, counted from 0
 * @param offset the first message not yet consumed
 */
public record CommitOffset(String group, String topic, int queueId, long offset) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static CommitOffset decode(Frame frame) {
        Fields fields = frame.fields();
        return new CommitOffset(
                fields.text("consumerGroup"),
                fields.text("topic"),
                fields.integer("queueId"),
                fields.number("commitOffset"));
    }

    public Frame encode() {
        Fields fields =
                Fields.builder()
                        .put("consumerGroup", group)
                        .put("topic", topic)
                        .put("queueId", queueId)
                        .put("commitOffset", offset)
                        .build();
        return Frame.request(RequestCode.UPDATE_CONSUMER_OFFSET, fields);
    }
}
