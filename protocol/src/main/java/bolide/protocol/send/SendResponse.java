package bolide.protocol.send;

import bolide.protocol.frame.Fields;

/**
 * Where a sent message lies.
 *
 * @param msgId the offset message id; of a batch all of them, joined by commas
 * @param queueId the queue, counted from 0
 * @param queueOffset the message's number in the queue; of a batch the first one's
 * @param transactionId the message's unique key, empty when it has none
 */
public record SendResponse(String msgId, int queueId, long queueOffset, String transactionId) {
    private static final String REGION = "DefaultRegion";

    public Fields encode() {
        Fields.Builder fields =
                Fields.builder()
                        .put("msgId", msgId)
                        .put("queueId", queueId)
                        .put("queueOffset", queueOffset);
        if (!transactionId.isEmpty()) {
            fields.put("transactionId", transactionId);
        }
        return fields.put("MSG_REGION", REGION).put("TRACE_ON", true).build();
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static SendResponse decode(Fields fields) {
        return new SendResponse(
                fields.text("msgId"),
                fields.integer("queueId"),
                fields.number("queueOffset"),
                fields.text("transactionId", ""));
    }
}
