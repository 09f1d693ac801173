package bolide.protocol.offset;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Asks which offset belongs to a point in time: request 29.
 *
 * @param topic the topic
 * @param queueId the queue, counted from 0
 * @param timestamp milliseconds of the broker's clock
 * @param boundary which message is meant when several have that time
 */
public record SearchOffset(String topic, int queueId, long timestamp, Boundary boundary) {
    /** Which of the messages with equal store time is meant. */
    public enum Boundary {
        /** The first one. */
        LOWER,
        /** The last one. */
        UPPER
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static SearchOffset decode(Frame frame) {
        Fields fields = frame.fields();
        boolean upper = "UPPER".equalsIgnoreCase(fields.text("boundaryType", "LOWER"));
        return new SearchOffset(
                fields.text("topic"),
                fields.integer("queueId"),
                fields.number("timestamp"),
                upper ? Boundary.UPPER : Boundary.LOWER);
    }

    public Frame encode() {
        Fields fields =
                Fields.builder()
                        .put("topic", topic)
                        .put("queueId", queueId)
                        .put("timestamp", timestamp)
                        .put("boundaryType", boundary.name())
                        .build();
        return Frame.request(RequestCode.SEARCH_OFFSET_BY_TIMESTAMP, fields);
    }
}
