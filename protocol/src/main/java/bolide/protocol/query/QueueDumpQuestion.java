package bolide.protocol.query;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;

/**
 * Asks what a consume queue says of its messages: request 321.
 *
 * @param topic the topic
 * @param queueId the queue, counted from 0
 * @param offset of the first message
 * @param count of how many
 * @param group whose subscription is applied; empty: none
 */
public record QueueDumpQuestion(String topic, int queueId, long offset, int count, String group) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static QueueDumpQuestion decode(Frame frame) {
        Fields fields = frame.fields();
        return new QueueDumpQuestion(
                fields.text("topic"),
                fields.integer("queueId"),
                fields.number("index"),
                fields.integer("count"),
                fields.text("consumerGroup", ""));
    }
}
