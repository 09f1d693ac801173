package bolide.protocol.offset;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;

/**
 * A question about one queue: requests 30 (max offset), 31 (min offset) and 32 (store time of the
 * earliest message).
 *
 * @param topic the topic
 * @param queueId the queue, counted from 0
 */
public record QueueRequest(String topic, int queueId) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static QueueRequest decode(Frame frame) {
        return new QueueRequest(frame.fields().text("topic"), frame.fields().integer("queueId"));
    }

    /**
     * @param code which of the three questions
     */
    public Frame encode(int code) {
        Fields fields = Fields.builder().put("topic", topic).put("queueId", queueId).build();
        return Frame.request(code, fields);
    }
}
